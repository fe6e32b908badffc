package orders

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/assertions"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsiam"
	"github.com/aws/jsii-runtime-go"
	secure "github.com/cdk-secure-serverless/cdk-secure-serverless-go/cdksecureserverless"
)

const (
	url        = "lambda/url-authenticated"
	visibility = "sqs/visibility-covers-timeout"
)

type finding struct{ Rule, Severity, Message, Status string }

// findingsOf gives what the report findings.json of a synthesized app says of a rule.
func findingsOf(t *testing.T, app awscdk.App, rule string) []finding {
	t.Helper()
	var report struct{ Findings []finding }
	read(t, filepath.Join(*app.Synth(nil).Directory(), "findings.json"), &report)
	return slices.DeleteFunc(report.Findings, func(each finding) bool { return each.Rule != rule })
}

// violationsIn gives the rules that the CDK's report has violations of, though the synth failed.
func violationsIn(t *testing.T, app awscdk.App) (rules []string) {
	t.Helper()
	var report struct {
		PluginReports []struct{ Violations []struct{ RuleName string } }
	}
	read(t, filepath.Join(*app.Outdir(), "validation-report.json"), &report)
	for _, violation := range report.PluginReports[0].Violations {
		rules = append(rules, violation.RuleName)
	}
	return rules
}

func read(t *testing.T, file string, report any) {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(text, report); err != nil {
		t.Fatal(err)
	}
}

func TestBlueprint(t *testing.T) {
	app := awscdk.NewApp(nil)
	secure.NewSecureFunctionBlueprint(&secure.SecureDefaultsProps{Timeout: awscdk.Duration_Seconds(jsii.Number(5))}).ApplyTo(app)
	stack := NewWebhooksStack(app, "Webhooks")
	assertions.Template_FromStack(stack.Stack, nil).HasResourceProperties(jsii.String(function), &object{
		"ReservedConcurrentExecutions": 10,
		"TracingConfig":                object{"Mode": "Active"},
	})
}

func TestMixins(t *testing.T) {
	stack := NewWebhooksStack(awscdk.NewApp(nil), "Webhooks")
	stack.Hook.With(secure.NewOwnLogGroup(nil))
	awscdk.Mixins_Of(stack.Stack, nil).Apply(secure.NewBoundedTimeout(&secure.BoundedTimeoutProps{
		Timeout: awscdk.Duration_Seconds(jsii.Number(7)),
	}))
	template := assertions.Template_FromStack(stack.Stack, nil)
	template.HasResourceProperties(jsii.String("AWS::Logs::LogGroup"), &object{"RetentionInDays": 365})
	template.HasResourceProperties(jsii.String(function), &object{"Timeout": 7})
}

func TestValidator(t *testing.T) {
	app := awscdk.NewApp(nil)
	NewWebhooksStack(app, "Webhooks")
	awscdk.Validations_Of(app).AddPlugins(secure.NewServerlessValidator(nil))
	assertContains(t, thrown(t, func() { app.Synth(nil) }), "validation-report.json")
	if rules := violationsIn(t, app); !slices.Contains(rules, url) {
		t.Errorf("expected %q among %q", url, rules)
	}
}

func TestRuleSettings(t *testing.T) {
	app := awscdk.NewApp(nil)
	NewWebhooksStack(app, "Webhooks")
	awscdk.Validations_Of(app).AddPlugins(secure.NewServerlessValidator(&secure.ServerlessValidatorProps{
		ReportOnly: jsii.Bool(true),
		Rules: &map[string]*secure.RuleSettings{
			visibility: {Severity: secure.Severity_CRITICAL, Options: &map[string]any{"factor": 4}},
			url:        {Off: jsii.Bool(true)},
		},
		Reports: jsii.Strings("findings.json"),
	}))
	expected := []finding{{
		Rule:     visibility,
		Severity: "critical",
		Message:  "messages reappear after `30` s, expected at least `40` s: 4 timeouts of their reader, and the batching window",
		Status:   "open",
	}}
	if findings := findingsOf(t, app, visibility); !slices.Equal(findings, expected) {
		t.Errorf("found %+v, expected %+v", findings, expected)
	}
	if findings := findingsOf(t, app, url); len(findings) > 0 {
		t.Errorf("found %+v by a rule that is off", findings)
	}
}

func TestWaiver(t *testing.T) {
	app := awscdk.NewApp(nil)
	NewWebhooksStack(app, "Webhooks")
	awscdk.Validations_Of(app).AddPlugins(secure.NewServerlessValidator(&secure.ServerlessValidatorProps{
		Waivers: &[]*secure.Waiver{{
			Rule:    jsii.String(url),
			Scope:   jsii.String("Webhooks/Hook"),
			Reason:  jsii.String("the code checks the signature"),
			Owner:   jsii.String("team-orders"),
			Expires: jsii.String("never"),
		}},
		Skip:    jsii.Strings("lambda/permission-*", "lambda/public-*", "lambda/web-*"),
		Reports: jsii.Strings("findings.json"),
	}))
	findings := findingsOf(t, app, url)
	if len(findings) != 1 || findings[0].Severity != "critical" || findings[0].Status != "waived" {
		t.Errorf("found %+v, expected one critical finding that is waived", findings)
	}
}

func TestChecks(t *testing.T) {
	stack := NewWebhooksStack(awscdk.NewApp(nil), "Webhooks")
	awscdk.Aspects_Of(stack.Stack).Add(secure.NewServerlessChecks(nil), nil)
	assertions.Annotations_FromStack(stack.Stack).HasError(
		jsii.String("/Webhooks/Hook/FunctionUrl/Resource"),
		assertions.Match_StringLikeRegexp(jsii.String("the URL authenticates callers by `NONE`")),
	)
}

func TestNagPack(t *testing.T) {
	app := awscdk.NewApp(nil)
	NewWebhooksStack(app, "Webhooks")
	awscdk.Validations_Of(app).AddPlugins(secure.NewServerlessNagPack(app, nil))
	assertContains(t, thrown(t, func() { app.Synth(nil) }), "validation-report.json")
	if rules := violationsIn(t, app); !slices.Contains(rules, "SecureServerless-"+url) {
		t.Errorf("expected the rule of the pack among %q", rules)
	}
}

func TestAccess(t *testing.T) {
	stack := NewWebhooksStack(awscdk.NewApp(nil), "Webhooks")
	events := stack.Node().FindChild(jsii.String("Events"))
	access := secure.AccessAssertions_FromStack(stack.Stack, nil)
	access.Allows(stack.Hook, jsii.String("sqs:ReceiveMessage"), events)
	access.Denies(stack.Hook, jsii.String("sqs:SendMessage"), events)
	message := thrown(t, func() { access.Denies(stack.Hook, jsii.String("sqs:ReceiveMessage"), events) })
	assertContains(t, message, "expected that it is denied")
}

func TestAccessDiff(t *testing.T) {
	older, app := awscdk.NewApp(nil), awscdk.NewApp(nil)
	NewWebhooksStack(older, "Webhooks")
	baseline := older.Synth(nil).Directory()
	secure.AccessDiff_BetweenAssemblies(baseline, baseline).AssertNoNewAccess()
	NewWebhooksStack(app, "Webhooks").Hook.AddToRolePolicy(awsiam.NewPolicyStatement(&awsiam.PolicyStatementProps{
		Actions: jsii.Strings("sqs:PurgeQueue"), Resources: jsii.Strings("*"),
	}))
	newAccess := *secure.AccessDiff_Between(baseline, app).NewAccess()
	if !slices.ContainsFunc(newAccess, func(access *secure.NewAccess) bool { return *(*access.Actions)[0] == "sqs:PurgeQueue" }) {
		t.Errorf("the right to purge queues is not told")
	}
}
