package com.example.orders;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.cdksecureserverless.AccountConcurrency;
import io.github.cdksecureserverless.Concurrency;
import io.github.cdksecureserverless.ConcurrencyBudget;
import io.github.cdksecureserverless.Egress;
import io.github.cdksecureserverless.SecureDefaults;
import io.github.cdksecureserverless.SecureFunction;
import io.github.cdksecureserverless.SecureNetwork;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.assertions.Match;
import software.amazon.awscdk.assertions.Template;
import software.amazon.awscdk.services.lambda.Code;
import software.amazon.awscdk.services.lambda.Runtime;

class FunctionsTest {

    private static final String FUNCTION = "AWS::Lambda::Function";

    private static PaymentsStack paymentsStack;
    private static Template shared;
    private static Template payments;
    private static Template reports;

    @BeforeAll
    static void synthesize() {
        App app = new App();
        SecureNetwork network = new SecureNetwork(new Stack(app, "Network"), "Network");
        paymentsStack = new PaymentsStack(app, "Payments", network);
        ReportsStack reportsStack = new ReportsStack(app, "Reports");
        shared = Template.fromStack(Stack.of(network));
        payments = Template.fromStack(paymentsStack);
        reports = Template.fromStack(reportsStack);
    }

    @Test
    void secureFunction() {
        reports.resourcePropertiesCountIs(FUNCTION, Map.of(
                "Timeout", 10,
                "MemorySize", 128,
                "ReservedConcurrentExecutions", 10,
                "TracingConfig", Map.of("Mode", "Active")), 2);
        reports.allResourcesProperties("AWS::IAM::Role", Map.of("ManagedPolicyArns", Match.absent()));
    }

    @Test
    void egress() {
        shared.hasResourceProperties("AWS::EC2::VPCEndpoint", Map.of(
                "ServiceName", Map.of("Fn::Join", List.of("", List.of("com.amazonaws.", Map.of("Ref", "AWS::Region"), ".secretsmanager")))));
        shared.hasResourceProperties("AWS::Route53Resolver::FirewallDomainList", Map.of(
                "Domains", Match.arrayWith(List.of("api.payments.example.com"))));
    }

    @Test
    void concurrency() {
        payments.hasResourceProperties(FUNCTION, Map.of("ReservedConcurrentExecutions", 20));
        payments.hasResourceProperties("AWS::Lambda::Alias", Map.of(
                "ProvisionedConcurrencyConfig", Map.of("ProvisionedConcurrentExecutions", 2)));
    }

    @Test
    void alarms() {
        payments.hasResourceProperties("AWS::CloudWatch::Alarm", Map.of("Threshold", 1, "OKActions", Match.anyValue()));
    }

    @Test
    void failures() {
        payments.hasResourceProperties("AWS::Lambda::EventInvokeConfig", Map.of(
                "MaximumEventAgeInSeconds", 600,
                "MaximumRetryAttempts", 1));
        payments.hasResourceProperties(FUNCTION, Map.of(
                "DeadLetterConfig", Map.of("TargetArn", Map.of("Fn::GetAtt", List.of(Match.stringLikeRegexp("^Unpaid"), "Arn")))));
    }

    @Test
    void logging() {
        payments.hasResourceProperties("AWS::Logs::LogGroup", Map.of("RetentionInDays", 90, "KmsKeyId", Match.anyValue()));
        payments.hasResourceProperties(FUNCTION, Map.of(
                "LoggingConfig", Map.of("LogFormat", "JSON", "ApplicationLogLevel", "WARN")));
    }

    @Test
    void secrets() {
        payments.hasResourceProperties(FUNCTION, Map.of(
                "Environment", Map.of("Variables", Map.of("API_KEY", Map.of("Ref", Match.stringLikeRegexp("^ApiKey"))))));
    }

    @Test
    void weakened() {
        payments.hasResource(FUNCTION, Map.of(
                "Properties", Map.of("TracingConfig", Match.absent()),
                "Metadata", Map.of("cdk-secure-serverless", Map.of(
                        "weakened", Map.of("tracing", "addresses of customers must not be in traces")))));
    }

    @Test
    void defaults() {
        assertEquals(5, SecureDefaults.of(paymentsStack).getTimeout().toSeconds());
        payments.allResourcesProperties(FUNCTION, Map.of("Timeout", 5));
    }

    @Test
    void network() {
        payments.resourceCountIs("AWS::EC2::VPC", 0);
        shared.resourceCountIs("AWS::EC2::VPC", 1);
    }

    @Test
    void fleetAlarms() {
        reports.hasResourceProperties("AWS::CloudWatch::Alarm", Map.of("Threshold", 3));
    }

    @Test
    void concurrencyBudget() {
        App crowded = new App();
        ConcurrencyBudget.of(crowded).allow(AccountConcurrency.builder().quota(150).build());
        SecureFunction.Builder.create(new Stack(crowded, "Crowded"), "Busy")
                .runtime(Runtime.PYTHON_3_13)
                .handler("index.handler")
                .code(Code.fromInline("def handler(event, context): pass"))
                .concurrency(Concurrency.reserved(100))
                .build();
        Exception thrown = assertThrows(RuntimeException.class, crowded::synth);
        assertTrue(thrown.getMessage().contains("the quota is 150, of which Lambda keeps 100 unreserved"), thrown.getMessage());
    }

    @Test
    void clearErrors() {
        SecureFunction.Builder wrong = SecureFunction.Builder.create(new Stack(new App(), "Wrong"), "Wrong")
                .runtime(Runtime.PYTHON_3_13)
                .handler("index.handler")
                .code(Code.fromInline("def handler(event, context): pass"))
                .memorySize(1)
                .egress(Egress.unrestricted("why not"));
        Exception thrown = assertThrows(RuntimeException.class, wrong::build);
        assertTrue(thrown.getMessage().contains("Wrong/Wrong has 2 faults:"), thrown.getMessage());
        assertTrue(thrown.getMessage().contains("`memorySize` is `1` (allowed: whole MiB from 128 to 10240)"), thrown.getMessage());
    }
}
