package orders

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awslambda"
	"github.com/aws/aws-cdk-go/awscdk/v2/awslambdaeventsources"
	"github.com/aws/aws-cdk-go/awscdk/v2/awssqs"
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"
)

// WebhooksStack is as it was before anybody thought of security: a function that everybody may run, and a queue that is read twice.
type WebhooksStack struct {
	awscdk.Stack
	Hook awslambda.Function
}

// NewWebhooksStack makes the function and the queue.
func NewWebhooksStack(scope constructs.Construct, id string) *WebhooksStack {
	stack := awscdk.NewStack(scope, jsii.String(id), nil)
	hook := awslambda.NewFunction(stack, jsii.String("Hook"), &awslambda.FunctionProps{
		Runtime: awslambda.Runtime_PYTHON_3_13(),
		Handler: jsii.String("index.handler"),
		Code:    awslambda.Code_FromInline(jsii.String("def handler(event, context): pass")),
		Timeout: awscdk.Duration_Seconds(jsii.Number(10)),
	})
	hook.AddFunctionUrl(&awslambda.FunctionUrlOptions{AuthType: awslambda.FunctionUrlAuthType_NONE})
	events := awssqs.NewQueue(stack, jsii.String("Events"), &awssqs.QueueProps{
		VisibilityTimeout: awscdk.Duration_Seconds(jsii.Number(30)),
	})
	hook.AddEventSource(awslambdaeventsources.NewSqsEventSource(events, nil))
	return &WebhooksStack{Stack: stack, Hook: hook}
}
