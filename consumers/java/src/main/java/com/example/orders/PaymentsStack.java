package com.example.orders;

import io.github.cdksecureserverless.Alarms;
import io.github.cdksecureserverless.AwsService;
import io.github.cdksecureserverless.Concurrency;
import io.github.cdksecureserverless.Egress;
import io.github.cdksecureserverless.Failures;
import io.github.cdksecureserverless.FailuresOptions;
import io.github.cdksecureserverless.JsonLoggingOptions;
import io.github.cdksecureserverless.LimitedConcurrency;
import io.github.cdksecureserverless.Logging;
import io.github.cdksecureserverless.PerFunctionAlarmsProps;
import io.github.cdksecureserverless.ProvisionedConcurrencyOptions;
import io.github.cdksecureserverless.SecureDefaults;
import io.github.cdksecureserverless.SecureDefaultsProps;
import io.github.cdksecureserverless.SecureFunction;
import io.github.cdksecureserverless.SecureNetwork;
import io.github.cdksecureserverless.Weakened;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.events.Rule;
import software.amazon.awscdk.services.events.Schedule;
import software.amazon.awscdk.services.events.targets.LambdaFunction;
import software.amazon.awscdk.services.lambda.ApplicationLogLevel;
import software.amazon.awscdk.services.lambda.Code;
import software.amazon.awscdk.services.lambda.Runtime;
import software.amazon.awscdk.services.lambda.Tracing;
import software.amazon.awscdk.services.logs.RetentionDays;
import software.amazon.awscdk.services.secretsmanager.Secret;
import software.amazon.awscdk.services.sqs.Queue;
import software.constructs.Construct;

/** Functions whose every default is said otherwise. */
public class PaymentsStack extends Stack {

    public PaymentsStack(final Construct scope, final String id, final SecureNetwork network) {
        super(scope, id);
        SecureDefaults.set(this, SecureDefaultsProps.builder().network(network).timeout(Duration.seconds(5)).build());

        Queue unpaid = Queue.Builder.create(this, "Unpaid").enforceSsl(true).build();
        SecureFunction charge = SecureFunction.Builder.create(this, "Charge")
                .runtime(Runtime.PYTHON_3_13)
                .handler("index.handler")
                .code(Code.fromInline("def handler(event, context): pass"))
                .secrets(Map.of("API_KEY", new Secret(this, "ApiKey")))
                .egress(Egress.all(
                        Egress.toServices(AwsService.SECRETS_MANAGER),
                        Egress.toHosts(List.of("api.payments.example.com"))))
                .concurrency(Concurrency.provisioned(ProvisionedConcurrencyOptions.builder()
                        .reserved(20)
                        .provisioned(2)
                        .build()))
                .failures(Failures.toQueue(unpaid, FailuresOptions.builder()
                        .maxEventAge(Duration.minutes(10))
                        .retryAttempts(1)
                        .build()))
                .logging(Logging.json(JsonLoggingOptions.builder()
                        .retention(RetentionDays.THREE_MONTHS)
                        .level(ApplicationLogLevel.WARN)
                        .build()))
                .alarms(Alarms.perFunction(PerFunctionAlarmsProps.builder()
                        .errorRate(1)
                        .notifyRecovery(true)
                        .build()))
                .build();
        Rule.Builder.create(this, "Hourly")
                .schedule(Schedule.rate(Duration.hours(1)))
                .targets(List.of(new LambdaFunction(LimitedConcurrency.aliasOf(charge))))
                .build();

        SecureFunction.Builder.create(this, "Crawl")
                .runtime(Runtime.PYTHON_3_13)
                .handler("index.handler")
                .code(Code.fromInline("def handler(event, context): pass"))
                .egress(Egress.unrestricted("it fetches pages that customers name"))
                .concurrency(Concurrency.unreserved("the account runs nothing else"))
                .alarms(Alarms.none("whoever runs it by hand sees it fail"))
                .failures(Failures.discarded("the next run fetches the page again"))
                .tracing(Tracing.DISABLED)
                .weakened(List.of(Weakened.tracing("addresses of customers must not be in traces")))
                .build();
    }
}
