package orders

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awslambda"
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"
	secure "github.com/cdk-secure-serverless/cdk-secure-serverless-go/cdksecureserverless"
)

// NewReportsStack has functions that say nothing and get the defaults, watched together.
func NewReportsStack(scope constructs.Construct, id string) awscdk.Stack {
	stack := awscdk.NewStack(scope, jsii.String(id), nil)
	for _, report := range []string{"Daily", "Monthly"} {
		secure.NewSecureFunction(stack, jsii.String(report), &secure.SecureFunctionProps{
			Runtime: awslambda.Runtime_PYTHON_3_13(),
			Handler: jsii.String("index.handler"),
			Code:    awslambda.Code_FromInline(jsii.String("def handler(event, context): pass")),
		})
	}
	secure.NewFleetAlarms(stack, jsii.String("Alarms"), &secure.FleetAlarmsProps{Errors: jsii.Number(3)})
	return stack
}
