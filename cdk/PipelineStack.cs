using Amazon.CDK;
using Cdk.Watching;
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
        foreach (var (key, value) in props.ResourceTags)
        {
            Amazon.CDK.Tags.Of(this).Add(key, value);
        }

        var ingest = new Ingest(this, "Ingest", props);
        var fleet = new AgentFleet(this, "AgentFleet", props, ingest);
        var state = new State(this, "State", props);
        var discarded = new DiscardedBatches(this, "DiscardedBatches");
        var alerting = new Alerting(this, "Alerting", props);
        var detection = new Detection(this, "Detection", props, ingest, state, alerting, discarded);
        var sweep = new Sweep(this, "Sweep", props, ingest, state, alerting);
        var archive = props.Archive is null ? null : new Archive(this, "Archive", props, props.Archive, ingest);
        AddToNetwork(props, ingest, fleet);
        new Observability(this, "Observability", new WatchedParts
        {
            EnvironmentName = props.EnvironmentName,
            Ingest = ingest,
            Detection = detection,
            State = state,
            Alerting = alerting,
            Sweep = sweep,
            Archive = archive,
        });

        Output("StreamName", ingest.Stream.StreamName, "Where agents send frames");
        Output("LaunchTemplateId", fleet.LaunchTemplate.LaunchTemplateId!, "Launch hosts with the agent from it");
        Output("LaunchTemplateVersion", fleet.LaunchTemplate.LatestVersionNumber!, "The version to launch: the default one stays the first for ever");
        Output("HostPolicyArn", fleet.HostPolicy.ManagedPolicyArn, "Attach it to the roles of hosts that exist already");
        Output("FunctionName", detection.Function.FunctionName, "Evaluates the rules");
        Output("DiscardedBatchesBucketName", discarded.Bucket.BucketName, "Batches that Lambda gave up on, and records that are not frames");
        Output("EmailTopicArn", alerting.Email.TopicArn, "Alerts as text");
        Output("ChatTopicArn", alerting.Chat.TopicArn, "Alerts for chat");
        Output("OperationsTopicArn", alerting.Operations.TopicArn, "Alarms of the pipeline");
        if (alerting.Findings is not null)
        {
            Output("FindingsTopicArn", alerting.Findings.TopicArn, "Incidents as OCSF for programs");
        }

        if (archive is not null)
        {
            Output("ArchiveBucketName", archive.Bucket.BucketName, "All events as OCSF lines");
        }

        if (archive?.Search is not null)
        {
            Output("SearchRoleArn", archive.Search.Role.RoleArn, "The access policy of your OpenSearch domain must name it");
        }
    }

    private void AddToNetwork(PipelineStackProps props, Ingest ingest, AgentFleet fleet)
    {
        if (props.VpcEndpoints)
        {
            new HostEndpoints(this, "HostEndpoints", props, props.Network!, ingest);
        }

        if (props.DemoHost)
        {
            new DemoHost(this, "DemoHost", props, props.Network!, fleet);
        }
    }

    private void Output(string name, string value, string description) =>
        new CfnOutput(this, name, new CfnOutputProps { Value = value, Description = description });
}
