import { Symbols } from './symbols';
import { AppModel } from '../../model/app-model';
import { TemplateSource } from '../../model/template-source';
import { Verdict } from '../../model/verdict';

/** Accounts and regions as they stand in ARNs: those that are known, and symbols for those that deployment decides on. */
export class Environments {
  private readonly accounts: ReadonlySet<string>;
  private readonly regions: ReadonlySet<string>;
  private readonly hasUnknownAccount: boolean;
  private readonly hasUnknownRegion: boolean;

  constructor(app: AppModel, private readonly symbols: Symbols) {
    const sources = app.scopes.map(({ source }) => source);
    this.accounts = new Set(sources.map(source => this.account(source)));
    this.regions = new Set(sources.map(source => this.region(source)));
    this.hasUnknownAccount = sources.some(({ account }) => !account);
    this.hasUnknownRegion = sources.some(({ region }) => !region);
  }

  /** All stacks of one assembly that don't say go to the same. */
  public account({ account, assembly = '' }: TemplateSource): string {
    return account ?? this.symbols.name(`account of ${assembly}`, 'AWS::AccountId');
  }

  public region({ region, assembly = '' }: TemplateSource): string {
    return region ?? this.symbols.name(`region of ${assembly}`, 'AWS::Region');
  }

  /** What a pseudo parameter stands for, if it is one. All there is counts as one partition, since no request crosses them. */
  public pseudoParameter(name: string, source: TemplateSource): string | undefined {
    switch (name) {
      case 'AWS::AccountId': return this.account(source);
      case 'AWS::Region': return this.region(source);
      case 'AWS::Partition': return 'aws';
      case 'AWS::URLSuffix': return 'amazonaws.com';
      case 'AWS::StackName':
      case 'AWS::StackId': return this.symbols.name(`${name} of ${source.name}`, name);
      default: return undefined;
    }
  }

  /** Whether an account is one that the app is deployed to. */
  public owns(account: string | undefined): Verdict {
    if (account !== undefined && this.accounts.has(account)) return 'yes';
    return this.hasUnknownAccount || account === undefined || !isAccount(account) ? 'unknown' : 'no';
  }

  /** Whether a text is an account, known or not. */
  public isAccount(text: string): boolean {
    return isAccount(text) || this.accounts.has(text);
  }

  /** What an account may be that somebody writes: itself, and those that deployment decides on. */
  public accountsMeant(text: string): readonly string[] {
    return [text, ...[...this.accounts].filter(each => !isAccount(each))];
  }

  /** An ARN with wildcards where the account or region of one stack may turn out to be that of another, or one that somebody writes. */
  public widest(text: string): string {
    if (!text.startsWith('arn:')) return text;
    const fields = text.split(':');
    if (fields.length < 6) return text;
    if (this.mayBeOther(fields[3], this.regions, this.hasUnknownRegion)) fields[3] = '*';
    if (fields[4] !== 'aws' && this.mayBeOther(fields[4], this.accounts, this.hasUnknownAccount)) fields[4] = '*';
    return fields.join(':');
  }

  private mayBeOther(field: string, known: ReadonlySet<string>, hasUnknown: boolean): boolean {
    if (field === '' || /[*?]/.test(field) || !hasUnknown) return false;
    return known.size > 1 || !known.has(field);
  }
}

function isAccount(text: string): boolean {
  return /^\d{12}$/.test(text);
}
