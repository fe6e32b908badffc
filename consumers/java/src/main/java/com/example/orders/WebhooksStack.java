package com.example.orders;

import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.lambda.Code;
import software.amazon.awscdk.services.lambda.Function;
import software.amazon.awscdk.services.lambda.FunctionUrlAuthType;
import software.amazon.awscdk.services.lambda.FunctionUrlOptions;
import software.amazon.awscdk.services.lambda.Runtime;
import software.amazon.awscdk.services.lambda.eventsources.SqsEventSource;
import software.amazon.awscdk.services.sqs.Queue;
import software.constructs.Construct;

/** As it was before anybody thought of security: a function that everybody may run, and a queue that is read twice. */
public class WebhooksStack extends Stack {

    private final Function hook;

    public WebhooksStack(final Construct scope, final String id) {
        super(scope, id);
        hook = Function.Builder.create(this, "Hook")
                .runtime(Runtime.PYTHON_3_13)
                .handler("index.handler")
                .code(Code.fromInline("def handler(event, context): pass"))
                .timeout(Duration.seconds(10))
                .build();
        hook.addFunctionUrl(FunctionUrlOptions.builder().authType(FunctionUrlAuthType.NONE).build());
        Queue events = Queue.Builder.create(this, "Events").visibilityTimeout(Duration.seconds(30)).build();
        hook.addEventSource(new SqsEventSource(events));
    }

    public Function getHook() {
        return hook;
    }
}
