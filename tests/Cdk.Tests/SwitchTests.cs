using Cdk.Context;
using Cdk.Tests.Support;

namespace Cdk.Tests;

/// <summary>Each switch alone, against the stack without it.</summary>
[Collection(nameof(DefaultStack))]
public sealed class SwitchTests(DefaultStack off)
{
    private const string Network = "vpcId=vpc-0123abcd;subnetIds=subnet-0123abcd;vpcCidr=10.0.0.0/16;";

    [NodeTheory]
    [InlineData("findings=true", "CloudWatch::Alarm SNS::Topic SNS::TopicPolicy")]
    [InlineData(
        "archive=s3",
        "CloudWatch::Alarm CloudWatch::Alarm CloudWatch::Alarm IAM::Role IAM::Role KMS::Key KinesisFirehose::DeliveryStream Lambda::Function Logs::LogGroup Logs::LogGroup Logs::LogStream Logs::MetricFilter S3::Bucket S3::BucketPolicy")]
    [InlineData(Network + "vpcEndpoints=true", "EC2::SecurityGroup EC2::VPCEndpoint")]
    [InlineData(Network + "vpcEndpoints=true;routeTableIds=rtb-0123abcd", "EC2::SecurityGroup EC2::VPCEndpoint EC2::VPCEndpoint")]
    [InlineData(Network + "demoHost=true", "AutoScaling::AutoScalingGroup EC2::LaunchTemplate EC2::SecurityGroup IAM::InstanceProfile")]
    [InlineData("slackWorkspaceId=T0123ABCD;slackChannelId=C0123ABCD", "Chatbot::SlackChannelConfiguration IAM::ManagedPolicy IAM::Role")]
    [InlineData(Network, "")]
    public void Switch_brings_its_resources_and_takes_none(string settings, string resources)
    {
        using var on = Stack(settings);

        var more = Types(on).ToList();
        Assert.All(Types(off), type => Assert.True(more.Remove(type), type));
        Assert.Equal(resources.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(type => $"AWS::{type}"), more.Order(StringComparer.Ordinal));
    }

    [NodeFact]
    public void Table_is_unprotected_only_as_far_as_asked()
    {
        using var restorable = Stack("deletionProtection=false");
        using var protectedOnly = Stack("pointInTimeRecovery=false");

        Assert.Equal((true, false), Protection(restorable));
        Assert.Equal((false, true), Protection(protectedOnly));
        Assert.Equal("Retain", (string?)restorable.OfType("AWS::DynamoDB::Table")[0]["DeletionPolicy"]);
    }

    private static (bool Restorable, bool Protected) Protection(SynthesisedStack stack)
    {
        var table = stack.Only("AWS::DynamoDB::Table");
        return ((bool)table["PointInTimeRecoverySpecification"]!["PointInTimeRecoveryEnabled"]!, (bool)table["DeletionProtectionEnabled"]!);
    }

    private static ContextStack Stack(string settings) => new(new Dictionary<string, string>(
        settings.Split(';', StringSplitOptions.RemoveEmptyEntries).Select(one => one.Split('=', 2)).Select(one => KeyValuePair.Create(one[0], one[1])))
    {
        [ContextKeys.Environment] = "prod",
        [ContextKeys.AlertEmails] = "soc@example.org,oncall@example.org",
    });

    private static IEnumerable<string> Types(SynthesisedStack stack) => stack.Resources.Select(one => $"{one.Value!["Type"]}");
}
