package orders

import (
	"fmt"
	"os"
	"strings"
	"sync"
	"testing"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/assertions"
	"github.com/aws/aws-cdk-go/awscdk/v2/awslambda"
	"github.com/aws/jsii-runtime-go"
	secure "github.com/cdk-secure-serverless/cdk-secure-serverless-go/cdksecureserverless"
)

const function = "AWS::Lambda::Function"

// object is what templates consist of.
type object = map[string]any

type templates struct {
	paymentsStack             awscdk.Stack
	shared, payments, reports assertions.Template
}

// synthesized are the templates of an app with all options.
var synthesized = sync.OnceValue(func() templates {
	app := awscdk.NewApp(nil)
	networkStack := awscdk.NewStack(app, jsii.String("Network"), nil)
	network := secure.NewSecureNetwork(networkStack, jsii.String("Network"), nil)
	paymentsStack := NewPaymentsStack(app, "Payments", network)
	reportsStack := NewReportsStack(app, "Reports")
	return templates{
		paymentsStack: paymentsStack,
		shared:        assertions.Template_FromStack(networkStack, nil),
		payments:      assertions.Template_FromStack(paymentsStack, nil),
		reports:       assertions.Template_FromStack(reportsStack, nil),
	}
})

// TestMain runs all tests beside one process of Node.js.
func TestMain(m *testing.M) {
	code := m.Run()
	jsii.Close()
	os.Exit(code)
}

// thrown gives the message of what the CDK throws, which is a panic in Go.
func thrown(t *testing.T, build func()) (message string) {
	t.Helper()
	defer func() {
		if message = fmt.Sprint(recover()); message == "<nil>" {
			t.Fatal("nothing was thrown")
		}
	}()
	build()
	return
}

func assertContains(t *testing.T, text, part string) {
	t.Helper()
	if !strings.Contains(text, part) {
		t.Errorf("expected %q in %q", part, text)
	}
}

func TestSecureFunction(t *testing.T) {
	reports := synthesized().reports
	reports.ResourcePropertiesCountIs(jsii.String(function), &object{
		"Timeout":                      10,
		"MemorySize":                   128,
		"ReservedConcurrentExecutions": 10,
		"TracingConfig":                object{"Mode": "Active"},
	}, jsii.Number(2))
	reports.AllResourcesProperties(jsii.String("AWS::IAM::Role"), &object{"ManagedPolicyArns": assertions.Match_Absent()})
}

func TestEgress(t *testing.T) {
	shared := synthesized().shared
	shared.HasResourceProperties(jsii.String("AWS::EC2::VPCEndpoint"), &object{
		"ServiceName": object{"Fn::Join": []any{"", []any{"com.amazonaws.", object{"Ref": "AWS::Region"}, ".secretsmanager"}}},
	})
	shared.HasResourceProperties(jsii.String("AWS::Route53Resolver::FirewallDomainList"), &object{
		"Domains": assertions.Match_ArrayWith(&[]any{"api.payments.example.com"}),
	})
}

func TestConcurrency(t *testing.T) {
	payments := synthesized().payments
	payments.HasResourceProperties(jsii.String(function), &object{"ReservedConcurrentExecutions": 20})
	payments.HasResourceProperties(jsii.String("AWS::Lambda::Alias"), &object{
		"ProvisionedConcurrencyConfig": object{"ProvisionedConcurrentExecutions": 2},
	})
}

func TestAlarms(t *testing.T) {
	synthesized().payments.HasResourceProperties(jsii.String("AWS::CloudWatch::Alarm"), &object{
		"Threshold": 1,
		"OKActions": assertions.Match_AnyValue(),
	})
}

func TestFailures(t *testing.T) {
	payments := synthesized().payments
	payments.HasResourceProperties(jsii.String("AWS::Lambda::EventInvokeConfig"), &object{
		"MaximumEventAgeInSeconds": 600,
		"MaximumRetryAttempts":     1,
	})
	payments.HasResourceProperties(jsii.String(function), &object{
		"DeadLetterConfig": object{
			"TargetArn": object{"Fn::GetAtt": []any{assertions.Match_StringLikeRegexp(jsii.String("^Unpaid")), "Arn"}},
		},
	})
}

func TestLogging(t *testing.T) {
	payments := synthesized().payments
	payments.HasResourceProperties(jsii.String("AWS::Logs::LogGroup"), &object{
		"RetentionInDays": 90,
		"KmsKeyId":        assertions.Match_AnyValue(),
	})
	payments.HasResourceProperties(jsii.String(function), &object{
		"LoggingConfig": object{"LogFormat": "JSON", "ApplicationLogLevel": "WARN"},
	})
}

func TestSecrets(t *testing.T) {
	synthesized().payments.HasResourceProperties(jsii.String(function), &object{
		"Environment": object{
			"Variables": object{"API_KEY": object{"Ref": assertions.Match_StringLikeRegexp(jsii.String("^ApiKey"))}},
		},
	})
}

func TestWeakened(t *testing.T) {
	synthesized().payments.HasResource(jsii.String(function), &object{
		"Properties": object{"TracingConfig": assertions.Match_Absent()},
		"Metadata": object{
			"cdk-secure-serverless": object{"weakened": object{"tracing": "addresses of customers must not be in traces"}},
		},
	})
}

func TestDefaults(t *testing.T) {
	app := synthesized()
	if timeout := *secure.SecureDefaults_Of(app.paymentsStack).Timeout().ToSeconds(nil); timeout != 5 {
		t.Errorf("the timeout is %v, expected 5", timeout)
	}
	app.payments.AllResourcesProperties(jsii.String(function), &object{"Timeout": 5})
}

func TestNetwork(t *testing.T) {
	app := synthesized()
	app.payments.ResourceCountIs(jsii.String("AWS::EC2::VPC"), jsii.Number(0))
	app.shared.ResourceCountIs(jsii.String("AWS::EC2::VPC"), jsii.Number(1))
}

func TestFleetAlarms(t *testing.T) {
	synthesized().reports.HasResourceProperties(jsii.String("AWS::CloudWatch::Alarm"), &object{"Threshold": 3})
}

func TestConcurrencyBudget(t *testing.T) {
	crowded := awscdk.NewApp(nil)
	secure.ConcurrencyBudget_Of(crowded).Allow(&secure.AccountConcurrency{Quota: jsii.Number(150)})
	secure.NewSecureFunction(awscdk.NewStack(crowded, jsii.String("Crowded"), nil), jsii.String("Busy"), &secure.SecureFunctionProps{
		Runtime:     awslambda.Runtime_PYTHON_3_13(),
		Handler:     jsii.String("index.handler"),
		Code:        awslambda.Code_FromInline(jsii.String("def handler(event, context): pass")),
		Concurrency: secure.Concurrency_Reserved(jsii.Number(100)),
	})
	message := thrown(t, func() { crowded.Synth(nil) })
	assertContains(t, message, "the quota is 150, of which Lambda keeps 100 unreserved")
}

func TestClearErrors(t *testing.T) {
	stack := awscdk.NewStack(awscdk.NewApp(nil), jsii.String("Wrong"), nil)
	message := thrown(t, func() {
		secure.NewSecureFunction(stack, jsii.String("Wrong"), &secure.SecureFunctionProps{
			Runtime:    awslambda.Runtime_PYTHON_3_13(),
			Handler:    jsii.String("index.handler"),
			Code:       awslambda.Code_FromInline(jsii.String("def handler(event, context): pass")),
			MemorySize: jsii.Number(1),
			Egress:     secure.Egress_Unrestricted(jsii.String("why not")),
		})
	})
	assertContains(t, message, "Wrong/Wrong has 2 faults:")
	assertContains(t, message, "`memorySize` is `1` (allowed: whole MiB from 128 to 10240)")
}
