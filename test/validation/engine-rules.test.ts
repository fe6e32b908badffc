import { ENGINE_RULES, isEngineRule } from '../../src/validation/engine-rules';

test.each(ENGINE_RULES)('$id can be explained', rule => {
  expect(isEngineRule(rule.id)).toBe(true);
  expect(rule.id).toMatch(/^engine\/[a-z]+(-[a-z]+)+$/);
  expect(rule.summary).toMatch(/^[A-Z].*[^.]$/);
  for (const text of [rule.rationale, rule.remedy]) expect(text).toMatch(/^[A-Z].*\.$/s);
  expect(rule.fix).not.toBe('');
});

test('are listed by id', () => expect(ENGINE_RULES.map(({ id }) => id)).toEqual(ENGINE_RULES.map(({ id }) => id).sort()));
