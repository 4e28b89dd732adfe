using Amazon.CDK;
using Constructs;

namespace Cdk;

/// <summary>The whole pipeline in one account and region: hosts → stream → function → topics, and alarms.</summary>
public sealed class PipelineStack : Stack
{
    /// <summary>Creates everything. Looks nothing up, so it is synthesised without credentials.</summary>
    public PipelineStack(Construct scope, string id, PipelineStackProps props)
        : base(scope, id, props)
    {
        Amazon.CDK.Tags.Of(this).Add("environment", props.EnvironmentName);

        var ingest = new Ingest(this, "Ingest", props);
        var fleet = new AgentFleet(this, "AgentFleet", props, ingest);
        new State(this, "State", props);
        var discarded = new DiscardedBatches(this, "DiscardedBatches");
        var alerting = new Alerting(this, "Alerting", props);
        var detection = new Detection(this, "Detection", props, ingest, alerting, discarded);
        new Observability(this, "Observability", props, ingest, alerting, detection);

        Output("StreamName", ingest.Stream.StreamName, "Where agents send frames");
        Output("LaunchTemplateId", fleet.LaunchTemplate.LaunchTemplateId!, "Launch hosts with the agent from it");
        Output("HostPolicyArn", fleet.HostPolicy.ManagedPolicyArn, "Attach it to the roles of hosts that exist already");
        Output("FunctionName", detection.Function.FunctionName, "Evaluates the rules");
        Output("DiscardedBatchesBucketName", discarded.Bucket.BucketName, "Batches that Lambda gave up on");
        Output("EmailTopicArn", alerting.Email.TopicArn, "Alerts as text");
        Output("ChatTopicArn", alerting.Chat.TopicArn, "Alerts for chat");
        Output("OperationsTopicArn", alerting.Operations.TopicArn, "Alarms of the pipeline");
    }

    private void Output(string name, string value, string description) =>
        new CfnOutput(this, name, new CfnOutputProps { Value = value, Description = description });
}
