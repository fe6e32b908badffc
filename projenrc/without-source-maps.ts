import * as fs from 'fs';
import * as path from 'path';

/** Cuts the source maps off the compiled files, which are two thirds of them: users have no sources to map to. */
const LIB = path.join(__dirname, '..', 'lib');
const MARK = '//# sourceMappingURL=data:';

for (const file of fs.readdirSync(LIB, { recursive: true, encoding: 'utf8' }).filter(name => name.endsWith('.js'))) {
  const [code, map] = fs.readFileSync(path.join(LIB, file), 'utf8').split(MARK);
  if (map !== undefined) fs.writeFileSync(path.join(LIB, file), code);
}
