/**
 * What AWS says of a runtime: when it stops patching it, and when it refuses to create and to update functions that use
 * it. Dates are days in UTC.
 */
export interface RuntimeLifecycle {
  readonly deprecated: string;
  /** Absent where AWS names no date, as for runtimes that exist as container images only. */
  readonly createBlocked?: string;
  readonly updateBlocked?: string;
}

/** Day of the newest facts in the table below. */
export const RUNTIMES_AS_OF = '2026-10-20';

const LIFECYCLES: Record<string, [deprecated: string, createBlocked?: string, updateBlocked?: string]> = {
  'dotnet10': ['2028-11-14', '2028-12-14', '2029-01-15'],
  'dotnet9': ['2026-11-10'],
  'dotnet8': ['2026-11-10', '2027-02-01', '2027-03-03'],
  'dotnet6': ['2024-12-20', '2027-02-01', '2027-03-03'],
  'dotnetcore3.1': ['2023-04-03', '2023-04-03', '2023-05-03'],
  'dotnetcore2.1': ['2022-01-05', '2022-01-05', '2022-04-13'],
  'dotnetcore2.0': ['2019-05-30', '2019-04-30', '2019-05-30'],
  'dotnetcore1.0': ['2019-06-27', '2019-06-30', '2019-07-30'],
  'go1.x': ['2024-01-08', '2024-02-08', '2027-03-03'],
  'java25': ['2029-06-30', '2029-07-31', '2029-08-31'],
  'java21': ['2029-06-30', '2029-07-31', '2029-08-31'],
  'java17': ['2027-06-30', '2027-07-31', '2027-08-31'],
  'java11': ['2027-06-30', '2027-07-31', '2027-08-31'],
  'java8.al2': ['2027-06-30', '2027-07-31', '2027-08-31'],
  'java8': ['2024-01-08', '2024-02-08', '2027-03-03'],
  'nodejs24.x': ['2028-04-30', '2028-06-01', '2028-07-01'],
  'nodejs22.x': ['2027-04-30', '2027-06-01', '2027-07-01'],
  'nodejs20.x': ['2026-04-30', '2027-02-01', '2027-03-03'],
  'nodejs18.x': ['2025-09-01', '2027-02-01', '2027-03-03'],
  'nodejs16.x': ['2024-06-12', '2027-02-01', '2027-03-03'],
  'nodejs14.x': ['2023-12-04', '2024-01-09', '2027-03-03'],
  'nodejs12.x': ['2023-03-31', '2023-03-31', '2023-04-30'],
  'nodejs10.x': ['2021-07-30', '2021-07-30', '2022-02-14'],
  'nodejs8.10': ['2020-03-06', '2020-02-04', '2020-03-06'],
  'nodejs6.10': ['2019-08-12', '2019-07-12', '2019-08-12'],
  'nodejs4.3-edge': ['2020-03-05', '2019-03-31', '2019-04-30'],
  'nodejs4.3': ['2020-03-05', '2020-02-03', '2020-03-05'],
  'nodejs': ['2016-08-30', '2016-09-30', '2016-10-31'],
  'provided.al2023': ['2029-06-30', '2029-07-31', '2029-08-31'],
  'provided.al2': ['2026-07-31', '2027-02-01', '2027-03-03'],
  'provided': ['2024-01-08', '2024-02-08', '2027-03-03'],
  'python3.14': ['2029-06-30', '2029-07-31', '2029-08-31'],
  'python3.13': ['2029-06-30', '2029-07-31', '2029-08-31'],
  'python3.12': ['2028-10-31', '2028-11-30', '2029-01-10'],
  'python3.11': ['2027-06-30', '2027-07-31', '2027-08-31'],
  'python3.10': ['2026-10-31', '2027-02-01', '2027-03-03'],
  'python3.9': ['2025-12-15', '2027-02-01', '2027-03-03'],
  'python3.8': ['2024-10-14', '2027-02-01', '2027-03-03'],
  'python3.7': ['2023-12-04', '2024-01-09', '2027-03-03'],
  'python3.6': ['2022-07-18', '2022-07-18', '2022-08-29'],
  'python2.7': ['2021-07-15', '2021-07-15', '2022-05-30'],
  'ruby4.0': ['2029-03-31', '2029-04-30', '2029-05-31'],
  'ruby3.4': ['2028-03-31', '2028-04-30', '2028-05-31'],
  'ruby3.3': ['2027-03-31', '2027-04-30', '2027-05-31'],
  'ruby3.2': ['2026-03-31', '2027-02-01', '2027-03-03'],
  'ruby2.7': ['2023-12-07', '2024-01-09', '2027-03-03'],
  'ruby2.5': ['2021-07-30', '2021-07-30', '2022-03-31'],
};

/** Runtimes on the first Amazon Linux, which never ran on arm64; all later ones run on both architectures. */
const X86_ONLY = new Set([
  'dotnetcore1.0', 'dotnetcore2.0', 'dotnetcore2.1', 'go1.x', 'java8', 'nodejs', 'nodejs10.x', 'nodejs4.3', 'nodejs4.3-edge',
  'nodejs6.10', 'nodejs8.10', 'provided', 'python2.7', 'python3.6', 'python3.7', 'ruby2.5',
]);

/** Newest runtime of each family, to be named as the way out. */
const SUCCESSORS: [prefix: string, newest: string][] = [
  ['dotnet', 'dotnet10'],
  ['go', 'provided.al2023'],
  ['java', 'java25'],
  ['nodejs', 'nodejs24.x'],
  ['provided', 'provided.al2023'],
  ['python', 'python3.14'],
  ['ruby', 'ruby4.0'],
];

/**
 * What AWS says of the runtime `name`, or nothing for a name that isn't in the table: newer than it, or no managed runtime.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html
 */
export function lifecycleOf(name: string): RuntimeLifecycle | undefined {
  const dates = Object.hasOwn(LIFECYCLES, name) ? LIFECYCLES[name] : undefined;
  return dates && { deprecated: dates[0], createBlocked: dates[1], updateBlocked: dates[2] };
}

/** Whether the runtime `name` is known to run on arm64. */
export function runsOnArm(name: string): boolean {
  return lifecycleOf(name) !== undefined && !X86_ONLY.has(name);
}

/** The runtime to move to from `name`. */
export function successorOf(name: string): string | undefined {
  return SUCCESSORS.find(([prefix]) => name.startsWith(prefix))?.[1];
}

/** How many days there are from `from` to `to`, both written as `2026-11-22`. */
export function daysBetween(from: string, to: string): number {
  return (Date.parse(to) - Date.parse(from)) / 86_400_000;
}

/** Whether `date` is a day written as `2026-11-22`. */
export function isDay(date: unknown): date is string {
  return typeof date === 'string' && date.length === 10 && !Number.isNaN(Date.parse(date)) && new Date(date).toISOString().startsWith(date);
}
