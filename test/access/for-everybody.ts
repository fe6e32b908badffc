const permission = (fn: string, Action: string, more: object) =>
  ({ Type: 'AWS::Lambda::Permission', Properties: { FunctionName: { 'Fn::GetAtt': [fn, 'Arn'] }, Action, Principal: '*', ...more } });

/** The two permissions that let everybody use the URL of a function, if that asks nobody. */
export const forEverybody = (fn: string) => ({
  [`${fn}UrlForEverybody`]: permission(fn, 'lambda:InvokeFunctionUrl', { FunctionUrlAuthType: 'NONE' }),
  [`${fn}ForEverybody`]: permission(fn, 'lambda:InvokeFunction', { InvokedViaFunctionUrl: true }),
});
