import { Renderer } from './format';
import { isToDo, listed, placeBelow } from './reported';
import { Severity } from '../rules/severity';

/**
 * What GitLab shows in merge requests.
 *
 * @see https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
 */
export const renderGitlab: Renderer = (scan, options = {}) => {
  const seen = new Map<string, number>();
  const issues = listed(scan, options).filter(({ status }) => status === 'open').map(finding => {
    const { rule, severity, constructPath, message, fingerprint, source, templateFile } = finding;
    const place = source ? placeBelow(source, options.root) : { file: templateFile ?? 'cdk.json' };
    const repeated = seen.get(fingerprint) ?? 0;
    seen.set(fingerprint, repeated + 1);
    return {
      description: `${constructPath === '' ? '' : `${constructPath}: `}${message}`,
      check_name: rule.id,
      // GitLab takes two issues with one fingerprint for the same.
      fingerprint: repeated === 0 ? fingerprint : `${fingerprint}-${repeated}`,
      severity: isToDo(finding) ? SEVERITY[severity] : 'info',
      location: { path: place.file, lines: { begin: place.line ?? 1 } },
    };
  });
  return `${JSON.stringify(issues, undefined, 2)}\n`;
};

const SEVERITY: Record<Severity, string> = {
  [Severity.CRITICAL]: 'blocker',
  [Severity.HIGH]: 'critical',
  [Severity.MEDIUM]: 'major',
  [Severity.LOW]: 'minor',
  [Severity.INFORMATIONAL]: 'info',
};
