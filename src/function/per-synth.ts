import { IConstruct } from 'constructs';

/**
 * What `read` finds in a whole app, for all who ask during one synth.
 *
 * It is found anew at each synth, before any other validation asks, since the root's validations run first.
 */
export function perSynth<T>(read: (root: IConstruct) => T): (root: IConstruct) => T {
  const found = new WeakMap<IConstruct, T>();
  const renewing = new WeakSet<IConstruct>();
  return root => {
    if (!renewing.has(root)) {
      renewing.add(root);
      root.node.addValidation({ validate: () => { found.delete(root); return []; } });
    }
    if (!found.has(root)) found.set(root, read(root));
    return found.get(root)!;
  };
}
