package com.example.orders;

import io.github.cdksecureserverless.FleetAlarms;
import io.github.cdksecureserverless.SecureFunction;
import java.util.List;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.lambda.Code;
import software.amazon.awscdk.services.lambda.Runtime;
import software.constructs.Construct;

/** Functions that say nothing and get the defaults, watched together. */
public class ReportsStack extends Stack {

    public ReportsStack(final Construct scope, final String id) {
        super(scope, id);
        for (String report : List.of("Daily", "Monthly")) {
            SecureFunction.Builder.create(this, report)
                    .runtime(Runtime.PYTHON_3_13)
                    .handler("index.handler")
                    .code(Code.fromInline("def handler(event, context): pass"))
                    .build();
        }
        FleetAlarms.Builder.create(this, "Alarms").errors(3).build();
    }
}
