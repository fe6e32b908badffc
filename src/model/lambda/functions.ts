import { view } from '../app-model';
import { isFrameworkManaged } from '../framework';

/** The functions of an app, but those that the CDK makes for its own work. */
export const ownFunctions = view(app => app.ofType('AWS::Lambda::Function').filter(fn => !isFrameworkManaged(fn)));
