import { spawnSync } from 'child_process';

test('the handlers in Python pass their unit tests', () => {
  // -B: compiled files beside the handlers would change the hash of their assets.
  const { status, stderr } = spawnSync('python3', ['-B', '-m', 'unittest', 'discover', '-s', __dirname, '-p', 'test_*.py'], { encoding: 'utf8' });

  expect(stderr).toMatch(/Ran [1-9]\d* tests?/);
  expect({ status, stderr }).toMatchObject({ status: 0 });
});
