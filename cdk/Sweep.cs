using Amazon.CDK;
using Amazon.CDK.AWS.Events;
using Amazon.CDK.AWS.Events.Targets;
using Amazon.CDK.AWS.Lambda;
using Amazon.CDK.AWS.Logs;
using Constructs;

namespace Cdk;

/// <summary>The same executable each minute with another task: publishes what waits in the table, closes incidents, finds silent hosts. It also hears which instances are stopped.</summary>
public sealed class Sweep : Construct
{
    /// <summary>Creates function, role and schedule.</summary>
    public Sweep(Construct scope, string id, PipelineStackProps props, Ingest ingest, State state, Alerting alerting)
        : base(scope, id)
    {
        Logs = new LogGroup(this, "Logs", new Amazon.CDK.AWS.Logs.LogGroupProps
        {
            Retention = props.LogRetention,
            RemovalPolicy = props.DataRemoval,
        });
        Function = new Function(this, "Function", new FunctionProps
        {
            Description = $"Publishes alerts that wait and finds silent hosts ({props.EnvironmentName})",
            Runtime = Detection.DotNet,
            Architecture = Architecture.ARM_64,
            Handler = Detection.Handler,
            Code = Code.FromAsset(props.FunctionFolder),
            MemorySize = 512,
            // Over before the next one begins.
            Timeout = Duration.Seconds(50),
            // Two at once would publish the same.
            ReservedConcurrentExecutions = 1,
            // An event of an instance waits until a sweep is over.
            RetryAttempts = 2,
            MaxEventAge = Duration.Minutes(10),
            Role = Policies.FunctionRole(this, [.. state.SweepStatements(), .. ingest.ReadAgainStatements(), .. alerting.PublishStatements(), Policies.WriteLogs(Logs)]),
            LogGroup = Logs,
            Environment = new Dictionary<string, string>(Detection.Variables(props, state, alerting))
            {
                ["FUNCTION_TASK"] = "sweep",
                ["STREAM_NAME"] = ingest.Stream.StreamName,
            },
        });
        new Rule(this, "Schedule", new RuleProps
        {
            Description = "Sweeps the table of the security pipeline",
            Schedule = Schedule.Rate(Duration.Minutes(1)),
            Targets = [new LambdaFunction(Function, new LambdaFunctionProps { RetryAttempts = 0, MaxEventAge = Duration.Minutes(1) })],
        });
        new Rule(this, "InstanceStops", new RuleProps
        {
            Description = "Hosts that are stopped on purpose are not told as silent",
            EventPattern = new EventPattern
            {
                Source = ["aws.ec2"],
                DetailType = ["EC2 Instance State-change Notification"],
                Detail = new Dictionary<string, object> { ["state"] = new[] { "stopping", "stopped", "shutting-down", "terminated" } },
            },
            Targets = [new LambdaFunction(Function, new LambdaFunctionProps { RetryAttempts = 4, MaxEventAge = Duration.Minutes(10) })],
        });
    }

    /// <summary>What the function says.</summary>
    public LogGroup Logs { get; }

    /// <summary>The function.</summary>
    public Function Function { get; }
}
