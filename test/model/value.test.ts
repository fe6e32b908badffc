import { Value } from '../../src/model/value';

describe('whether there is something at a path', () => {
  test.each<[string, Value, string]>([
    ['yes', Value.known({ A: { B: 1 } }), 'A.B'],
    ['no', Value.known({ A: {} }), 'A.B'],
    ['no', Value.ABSENT, 'A'],
    ['unknown', Value.unknown('parameter P'), 'A'],
    ['unknown', Value.either([Value.known({ A: 1 }), Value.ABSENT], 'condition C'), 'A'],
    ['no', Value.either([Value.known({ B: 1 }), Value.ABSENT], 'condition C'), 'A'],
  ])('%s, of %s at %s', (answer, value, path) => expect(value.has(path)).toBe(answer));
});
