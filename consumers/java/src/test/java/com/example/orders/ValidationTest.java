package com.example.orders;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.cdksecureserverless.AccessAssertions;
import io.github.cdksecureserverless.AccessDiff;
import io.github.cdksecureserverless.BoundedTimeout;
import io.github.cdksecureserverless.OwnLogGroup;
import io.github.cdksecureserverless.RuleSettings;
import io.github.cdksecureserverless.SecureFunctionBlueprint;
import io.github.cdksecureserverless.ServerlessChecks;
import io.github.cdksecureserverless.ServerlessNagPack;
import io.github.cdksecureserverless.ServerlessValidator;
import io.github.cdksecureserverless.Severity;
import io.github.cdksecureserverless.Waiver;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Aspects;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Mixins;
import software.amazon.awscdk.Validations;
import software.amazon.awscdk.assertions.Annotations;
import software.amazon.awscdk.assertions.Match;
import software.amazon.awscdk.assertions.Template;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.constructs.IConstruct;

class ValidationTest {

    private static final String URL = "lambda/url-authenticated";
    private static final String VISIBILITY = "sqs/visibility-covers-timeout";

    @Test
    void blueprint() {
        App app = new App();
        SecureFunctionBlueprint.Builder.create().timeout(Duration.seconds(5)).build().applyTo(app);
        Template.fromStack(new WebhooksStack(app, "Webhooks")).hasResourceProperties("AWS::Lambda::Function", Map.of(
                "ReservedConcurrentExecutions", 10,
                "TracingConfig", Map.of("Mode", "Active")));
    }

    @Test
    void mixins() {
        WebhooksStack stack = new WebhooksStack(new App(), "Webhooks");
        stack.getHook().with(new OwnLogGroup());
        Mixins.of(stack).apply(BoundedTimeout.Builder.create().timeout(Duration.seconds(7)).build());
        Template template = Template.fromStack(stack);
        template.hasResourceProperties("AWS::Logs::LogGroup", Map.of("RetentionInDays", 365));
        template.hasResourceProperties("AWS::Lambda::Function", Map.of("Timeout", 7));
    }

    @Test
    void validator() throws IOException {
        App app = new App();
        new WebhooksStack(app, "Webhooks");
        Validations.of(app).addPlugins(new ServerlessValidator());
        assertFailsSynth(app);
        assertTrue(violationsIn(app).contains(URL));
    }

    @Test
    void ruleSettings() throws IOException {
        App app = new App();
        new WebhooksStack(app, "Webhooks");
        Validations.of(app).addPlugins(ServerlessValidator.Builder.create()
                .reportOnly(true)
                .rules(Map.of(
                        VISIBILITY, RuleSettings.builder().severity(Severity.CRITICAL).options(Map.of("factor", 4)).build(),
                        URL, RuleSettings.builder().off(true).build()))
                .reports(List.of("findings.json"))
                .build());
        List<JsonNode> findings = findingsOf(app, VISIBILITY);
        assertEquals(1, findings.size());
        assertEquals("critical", findings.get(0).get("severity").asText());
        assertEquals(
                "messages reappear after `30` s, expected at least `40` s: 4 timeouts of their reader, and the batching window",
                findings.get(0).get("message").asText());
        assertEquals(List.of(), findingsOf(app, URL));
    }

    @Test
    void waiver() throws IOException {
        App app = new App();
        new WebhooksStack(app, "Webhooks");
        Validations.of(app).addPlugins(ServerlessValidator.Builder.create()
                .waivers(List.of(Waiver.builder()
                        .rule(URL)
                        .scope("Webhooks/Hook")
                        .reason("the code checks the signature")
                        .owner("team-orders")
                        .expires("never")
                        .build()))
                .skip(List.of("lambda/permission-*", "lambda/public-*", "lambda/web-*"))
                .reports(List.of("findings.json"))
                .build());
        List<JsonNode> findings = findingsOf(app, URL);
        assertEquals(1, findings.size());
        assertEquals("critical", findings.get(0).get("severity").asText());
        assertEquals("waived", findings.get(0).get("status").asText());
    }

    @Test
    void access() {
        WebhooksStack stack = new WebhooksStack(new App(), "Webhooks");
        IConstruct events = stack.getNode().findChild("Events");
        AccessAssertions access = AccessAssertions.fromStack(stack);
        access.allows(stack.getHook(), "sqs:ReceiveMessage", events);
        access.denies(stack.getHook(), "sqs:SendMessage", events);
        Exception error = assertThrows(RuntimeException.class, () -> access.denies(stack.getHook(), "sqs:ReceiveMessage", events));
        assertTrue(error.getMessage().contains("expected that it is denied"));
    }

    @Test
    void accessDiff() {
        App older = new App();
        new WebhooksStack(older, "Webhooks");
        String baseline = older.synth().getDirectory();
        AccessDiff.betweenAssemblies(baseline, baseline).assertNoNewAccess();
        App app = new App();
        new WebhooksStack(app, "Webhooks").getHook().addToRolePolicy(PolicyStatement.Builder.create()
                .actions(List.of("sqs:PurgeQueue")).resources(List.of("*")).build());
        assertTrue(AccessDiff.between(baseline, app).getNewAccess().stream()
                .anyMatch(access -> access.getActions().contains("sqs:PurgeQueue")));
    }

    @Test
    void checks() {
        WebhooksStack stack = new WebhooksStack(new App(), "Webhooks");
        Aspects.of(stack).add(new ServerlessChecks());
        Annotations.fromStack(stack).hasError("/Webhooks/Hook/FunctionUrl/Resource",
                Match.stringLikeRegexp("the URL authenticates callers by `NONE`"));
    }

    @Test
    void nagPack() throws IOException {
        App app = new App();
        new WebhooksStack(app, "Webhooks");
        Validations.of(app).addPlugins(new ServerlessNagPack(app));
        assertFailsSynth(app);
        assertTrue(violationsIn(app).contains("SecureServerless-" + URL));
    }

    private static void assertFailsSynth(final App app) {
        Exception thrown = assertThrows(RuntimeException.class, app::synth);
        assertTrue(thrown.getMessage().contains("validation-report.json"), thrown.getMessage());
    }

    /** What the report `findings.json` of a synthesized app says of a rule. */
    private static List<JsonNode> findingsOf(final App app, final String rule) throws IOException {
        JsonNode report = new ObjectMapper().readTree(Path.of(app.synth().getDirectory(), "findings.json").toFile());
        return StreamSupport.stream(report.get("findings").spliterator(), false)
                .filter(finding -> finding.get("rule").asText().equals(rule))
                .toList();
    }

    /** The rules that the CDK's report has violations of, though the synth failed. */
    private static List<String> violationsIn(final App app) throws IOException {
        JsonNode report = new ObjectMapper().readTree(Path.of(app.getOutdir(), "validation-report.json").toFile());
        return StreamSupport.stream(report.at("/pluginReports/0/violations").spliterator(), false)
                .map(violation -> violation.get("ruleName").asText())
                .toList();
    }
}
