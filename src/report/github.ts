import { Renderer } from './format';
import { isToDo, listed, placeBelow } from './reported';
import { Severity } from '../rules/severity';

/**
 * Commands that GitHub Actions turns into annotations of the lines that a finding comes from. Of each kind it shows ten a step, so
 * the worst come first.
 *
 * @see https://docs.github.com/en/actions/reference/workflow-commands-for-github-actions
 */
export const renderGithub: Renderer = (scan, options = {}) => {
  const annotations = listed(scan, options).filter(finding => finding.status === 'open').map(finding => {
    const { rule, severity, message, constructPath, source } = finding;
    const place = source && placeBelow(source, options.root);
    const at = constructPath === '' ? '' : `${constructPath}: `;
    const level = isToDo(finding) ? LEVEL[severity] : 'notice';
    return command(level, { file: place?.file, line: place?.line, col: place?.column, title: `${rule.id} (${severity})` }, `${at}${message}`);
  });
  return [...annotations, ...scan.notices.map(notice => command('notice', {}, notice))].map(line => `${line}\n`).join('');
};

const LEVEL: Record<Severity, string> = {
  [Severity.CRITICAL]: 'error',
  [Severity.HIGH]: 'error',
  [Severity.MEDIUM]: 'warning',
  [Severity.LOW]: 'notice',
  [Severity.INFORMATIONAL]: 'notice',
};

function command(name: string, properties: Readonly<Record<string, string | number | undefined>>, message: string): string {
  const written = Object.entries(properties).filter(([, value]) => value !== undefined)
    .map(([key, value]) => `${key}=${escaped(String(value)).replace(/:/g, '%3A').replace(/,/g, '%2C')}`);
  return `::${name}${written.length > 0 ? ` ${written.join(',')}` : ''}::${escaped(message)}`;
}

function escaped(text: string): string {
  return text.replace(/%/g, '%25').replace(/\r/g, '%0D').replace(/\n/g, '%0A');
}
