using Cdk.Tests.Support;
using Map = System.Collections.Generic.Dictionary<string, object>;

namespace Cdk.Tests;

[Collection(nameof(VariantStack))]
public sealed class VariantTests(VariantStack stack)
{
    [NodeFact]
    public void On_demand_stream_has_no_shard_count()
    {
        var stream = stack.Only("AWS::Kinesis::Stream");

        Assert.Equal("ON_DEMAND", (string?)stream["StreamModeDetails"]!["StreamMode"]);
        Assert.Null(stream["ShardCount"]);
        Assert.Equal(720, (int)stream["RetentionPeriodHours"]!);
    }

    [NodeFact]
    public void Record_age_stops_at_the_seven_days_that_lambda_allows() =>
        Assert.Equal(604_800, (int)stack.Only("AWS::Lambda::EventSourceMapping")["MaximumRecordAgeInSeconds"]!);

    [NodeFact]
    public void Each_shard_has_a_worker_of_its_own_and_one_batch_at_a_time()
    {
        Assert.Null(stack.Only("AWS::Lambda::Function", "Detection")["ReservedConcurrentExecutions"]);
        Assert.Equal(1, (int)stack.Only("AWS::Lambda::EventSourceMapping")["ParallelizationFactor"]!);
    }

    [NodeFact]
    public void Slack_channel_gets_alerts_and_alarms()
    {
        var channel = stack.Only("AWS::Chatbot::SlackChannelConfiguration");

        Assert.Equal("T0123ABCD", (string?)channel["SlackWorkspaceId"]);
        Assert.Equal("C0123ABCD", (string?)channel["SlackChannelId"]);
        Assert.Equal(
            [stack.IdOf("AWS::SNS::Topic", "AlertingChat"), stack.IdOf("AWS::SNS::Topic", "AlertingOperations")],
            Intrinsic.Texts(channel["SnsTopicArns"]));
    }

    [NodeFact]
    public void Tagged_hosts_are_installed_by_the_very_script_of_the_launch_template()
    {
        var association = stack.Only("AWS::SSM::Association");
        var userData = stack.Only("AWS::EC2::LaunchTemplate")["LaunchTemplateData"]!["UserData"];

        Assert.Equal("AWS-RunShellScript", (string?)association["Name"]);
        Assert.Equal("tag:edge-agent", (string?)association["Targets"]![0]!["Key"]);
        Assert.Equal(["on"], Intrinsic.Texts(association["Targets"]![0]!["Values"]));
        Assert.False((bool)association["ApplyOnlyAtCronInterval"]!);
        Assert.Equal([Intrinsic.Text(userData)], Intrinsic.Texts(association["Parameters"]!["commands"]));
    }

    [NodeFact]
    public void Agent_for_arm_refuses_other_processors()
    {
        var userData = Intrinsic.Text(stack.Only("AWS::EC2::LaunchTemplate")["LaunchTemplateData"]!["UserData"]);

        Assert.Contains("readonly machine='aarch64'\n", userData, StringComparison.Ordinal);
    }

    [NodeFact]
    public void Mail_filter_follows_the_chosen_severities() =>
        stack.Template.HasResourceProperties("AWS::SNS::Subscription", new Map
        {
            ["FilterPolicy"] = new Map { ["severity"] = new[] { "critical" } },
        });

    [NodeFact]
    public void Discarded_batches_outlive_even_a_stack_whose_data_does_not()
    {
        Assert.Equal("Delete", (string?)Assert.Single(stack.OfType("AWS::Kinesis::Stream"))["DeletionPolicy"]);
        Assert.Equal("Delete", (string?)Assert.Single(stack.OfType("AWS::DynamoDB::Table"))["DeletionPolicy"]);
        Assert.Equal("Retain", (string?)Assert.Single(stack.OfType("AWS::S3::Bucket"))["DeletionPolicy"]);
    }
}
