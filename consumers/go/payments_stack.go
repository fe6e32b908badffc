// Package orders is a small app whose functions are secure.
package orders

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsevents"
	"github.com/aws/aws-cdk-go/awscdk/v2/awseventstargets"
	"github.com/aws/aws-cdk-go/awscdk/v2/awslambda"
	"github.com/aws/aws-cdk-go/awscdk/v2/awslogs"
	"github.com/aws/aws-cdk-go/awscdk/v2/awssecretsmanager"
	"github.com/aws/aws-cdk-go/awscdk/v2/awssqs"
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"
	secure "github.com/cdk-secure-serverless/cdk-secure-serverless-go/cdksecureserverless"
)

// NewPaymentsStack has functions whose every default is said otherwise.
func NewPaymentsStack(scope constructs.Construct, id string, network secure.SecureNetwork) awscdk.Stack {
	stack := awscdk.NewStack(scope, jsii.String(id), nil)
	secure.SecureDefaults_Set(stack, &secure.SecureDefaultsProps{
		Network: network,
		Timeout: awscdk.Duration_Seconds(jsii.Number(5)),
	})

	unpaid := awssqs.NewQueue(stack, jsii.String("Unpaid"), &awssqs.QueueProps{EnforceSSL: jsii.Bool(true)})
	charge := secure.NewSecureFunction(stack, jsii.String("Charge"), &secure.SecureFunctionProps{
		Runtime: awslambda.Runtime_PYTHON_3_13(),
		Handler: jsii.String("index.handler"),
		Code:    awslambda.Code_FromInline(jsii.String("def handler(event, context): pass")),
		Secrets: &map[string]awssecretsmanager.ISecret{
			"API_KEY": awssecretsmanager.NewSecret(stack, jsii.String("ApiKey"), nil),
		},
		Egress: secure.Egress_All(
			secure.Egress_ToServices(secure.AwsService_SECRETS_MANAGER()),
			secure.Egress_ToHosts(jsii.Strings("api.payments.example.com"), nil),
		),
		Concurrency: secure.Concurrency_Provisioned(&secure.ProvisionedConcurrencyOptions{
			Reserved:    jsii.Number(20),
			Provisioned: jsii.Number(2),
		}),
		Failures: secure.Failures_ToQueue(unpaid, &secure.FailuresOptions{
			MaxEventAge:   awscdk.Duration_Minutes(jsii.Number(10)),
			RetryAttempts: jsii.Number(1),
		}),
		Logging: secure.Logging_Json(&secure.JsonLoggingOptions{
			Retention: awslogs.RetentionDays_THREE_MONTHS,
			Level:     awslambda.ApplicationLogLevel_WARN,
		}),
		Alarms: secure.Alarms_PerFunction(&secure.PerFunctionAlarmsProps{
			ErrorRate:      jsii.Number(1),
			NotifyRecovery: jsii.Bool(true),
		}),
	})
	awsevents.NewRule(stack, jsii.String("Hourly"), &awsevents.RuleProps{
		Schedule: awsevents.Schedule_Rate(awscdk.Duration_Hours(jsii.Number(1))),
		Targets: &[]awsevents.IRuleTarget{
			awseventstargets.NewLambdaFunction(secure.LimitedConcurrency_AliasOf(charge), nil),
		},
	})

	secure.NewSecureFunction(stack, jsii.String("Crawl"), &secure.SecureFunctionProps{
		Runtime:     awslambda.Runtime_PYTHON_3_13(),
		Handler:     jsii.String("index.handler"),
		Code:        awslambda.Code_FromInline(jsii.String("def handler(event, context): pass")),
		Egress:      secure.Egress_Unrestricted(jsii.String("it fetches pages that customers name")),
		Concurrency: secure.Concurrency_Unreserved(jsii.String("the account runs nothing else")),
		Alarms:      secure.Alarms_None(jsii.String("whoever runs it by hand sees it fail")),
		Failures:    secure.Failures_Discarded(jsii.String("the next run fetches the page again"), nil),
		Tracing:     awslambda.Tracing_DISABLED,
		Weakened: &[]secure.Weakened{
			secure.Weakened_Tracing(jsii.String("addresses of customers must not be in traces")),
		},
	})
	return stack
}
