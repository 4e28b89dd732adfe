using System.Text.Json.Nodes;
using Cdk.Tests.Support;

namespace Cdk.Tests;

/// <summary>What holds of every resource in every stack, whatever is switched on and wherever it is.</summary>
[Collection(nameof(EveryStack))]
public sealed class SecurityPropertyTests(EveryStack stacks)
{
    public static TheoryData<string> Stacks => EveryStack.Names;

    [NodeTheory]
    [MemberData(nameof(Stacks))]
    public void Buckets_are_encrypted_owned_forget_and_are_closed_to_the_public(string name)
    {
        Assert.All(Properties(name, "AWS::S3::Bucket"), bucket =>
        {
            Assert.All(
                ["BlockPublicAcls", "BlockPublicPolicy", "IgnorePublicAcls", "RestrictPublicBuckets"],
                part => Assert.True((bool)bucket["PublicAccessBlockConfiguration"]![part]!));
            Assert.NotNull(bucket["BucketEncryption"]!["ServerSideEncryptionConfiguration"]![0]!["ServerSideEncryptionByDefault"]!["SSEAlgorithm"]);
            Assert.Equal("BucketOwnerEnforced", (string?)bucket["OwnershipControls"]!["Rules"]![0]!["ObjectOwnership"]);
            Assert.InRange((int)bucket["LifecycleConfiguration"]!["Rules"]![0]!["ExpirationInDays"]!, 1, 3650);
        });
    }

    [NodeTheory]
    [MemberData(nameof(Stacks))]
    public void Buckets_topics_and_queues_answer_over_tls_only(string name)
    {
        var stack = stacks[name];
        foreach (var (type, policy, targets) in new[]
        {
            ("AWS::S3::Bucket", "AWS::S3::BucketPolicy", "Bucket"), ("AWS::SNS::Topic", "AWS::SNS::TopicPolicy", "Topics"), ("AWS::SQS::Queue", "AWS::SQS::QueuePolicy", "Queues"),
        })
        {
            var closed = stack.OfType(policy).Select(one => one["Properties"]!).Where(RefusesPlainHttp).SelectMany(one => Intrinsic.Texts(one[targets]));
            Assert.Equal(Ids(stack, type), closed.Order(StringComparer.Ordinal));
        }
    }

    [NodeTheory]
    [MemberData(nameof(Stacks))]
    public void Stream_topics_table_queues_and_disks_are_encrypted_and_keys_rotate(string name)
    {
        Assert.All(Properties(name, "AWS::Kinesis::Stream"), stream => Assert.Equal("KMS", (string?)stream["StreamEncryption"]!["EncryptionType"]));
        Assert.All(Properties(name, "AWS::SNS::Topic"), topic => Assert.EndsWith(".Arn", Intrinsic.Text(topic["KmsMasterKeyId"]), StringComparison.Ordinal));
        Assert.All(Properties(name, "AWS::DynamoDB::Table"), table => Assert.True((bool)table["SSESpecification"]!["SSEEnabled"]!));
        Assert.All(Properties(name, "AWS::SQS::Queue"), queue => Assert.True((bool)queue["SqsManagedSseEnabled"]!));
        Assert.All(Properties(name, "AWS::KMS::Key"), key => Assert.True((bool)key["EnableKeyRotation"]!));
        Assert.All(
            Properties(name, "AWS::EC2::LaunchTemplate").SelectMany(one => one["LaunchTemplateData"]!["BlockDeviceMappings"]?.AsArray() ?? []),
            disk => Assert.True((bool)disk!["Ebs"]!["Encrypted"]!));
    }

    [NodeTheory]
    [MemberData(nameof(Stacks))]
    public void Logs_are_forgotten_and_every_function_logs_into_a_group_of_the_stack(string name)
    {
        Assert.All(Properties(name, "AWS::Logs::LogGroup"), group => Assert.InRange((int)group["RetentionInDays"]!, 30, 731));
        var groups = Ids(stacks[name], "AWS::Logs::LogGroup");
        Assert.All(Properties(name, "AWS::Lambda::Function"), function => Assert.Contains(Intrinsic.Text(function["LoggingConfig"]!["LogGroup"]), groups));
    }

    [NodeTheory]
    [MemberData(nameof(Stacks))]
    public void Hosts_need_a_token_for_their_metadata_and_nobody_can_connect_to_them(string name)
    {
        Assert.All(Properties(name, "AWS::EC2::LaunchTemplate"), template =>
        {
            var metadata = template["LaunchTemplateData"]!["MetadataOptions"]!;
            Assert.Equal("required", (string?)metadata["HttpTokens"]);
            Assert.Equal(1, (int)metadata["HttpPutResponseHopLimit"]!);
            Assert.Null(template["LaunchTemplateData"]!["KeyName"]);
        });
        Assert.All(
            Properties(name, "AWS::EC2::SecurityGroup").SelectMany(group => group["SecurityGroupIngress"]?.AsArray() ?? []),
            rule => Assert.Equal(("10.0.0.0/16", 443, 443), ((string?)rule!["CidrIp"], (int)rule["FromPort"]!, (int)rule["ToPort"]!)));
        Assert.Empty(stacks[name].OfType("AWS::EC2::SecurityGroupIngress"));
    }

    [NodeTheory]
    [MemberData(nameof(Stacks))]
    public void Nothing_holds_a_resource_policy_for_everybody(string name)
    {
        string[] types = ["AWS::S3::BucketPolicy", "AWS::SNS::TopicPolicy", "AWS::SQS::QueuePolicy"];
        Assert.All(
            types.SelectMany(type => Properties(name, type)).SelectMany(policy => policy["PolicyDocument"]!["Statement"]!.AsArray()),
            statement => Assert.True((string?)statement!["Effect"] == "Deny" || IsOneService(statement), statement.ToJsonString()));
    }

    [NodeTheory]
    [MemberData(nameof(Stacks))]
    public void Data_outlives_the_stack_or_goes_with_it_as_asked_and_discarded_batches_always_stay(string name)
    {
        var retain = name != nameof(VariantStack);
        string[] types = ["AWS::Kinesis::Stream", "AWS::DynamoDB::Table", "AWS::KMS::Key", "AWS::S3::Bucket", "AWS::Logs::LogGroup"];
        foreach (var (id, resource) in stacks[name].Resources.Where(one => types.Contains((string?)one.Value!["Type"])))
        {
            var expected = retain || id.StartsWith("DiscardedBatches", StringComparison.Ordinal) ? "Retain" : "Delete";
            // The one with a given name: left behind by a creation that failed, it would be in the way of the next.
            var atDeletion = retain && id.StartsWith("ArchiveSearchLogs", StringComparison.Ordinal) ? "RetainExceptOnCreate" : expected;
            Assert.Equal((atDeletion, expected), ((string?)resource!["DeletionPolicy"], (string?)resource["UpdateReplacePolicy"]));
        }

        Assert.Equal(retain, (bool)Assert.Single(Properties(name, "AWS::DynamoDB::Table"))["DeletionProtectionEnabled"]!);
    }

    [NodeTheory]
    [MemberData(nameof(Stacks))]
    public void Everything_that_can_have_tags_says_whose_it_is(string name)
    {
        string[] types = ["AWS::Kinesis::Stream", "AWS::DynamoDB::Table", "AWS::KMS::Key", "AWS::S3::Bucket", "AWS::Lambda::Function", "AWS::SNS::Topic", "AWS::IAM::Role"];
        var environment = name switch { nameof(DefaultStack) => "prod", nameof(VariantStack) => "dev", _ => "full" };
        Assert.All(types.SelectMany(type => Properties(name, type)), resource =>
        {
            var tags = resource["Tags"]!.AsArray().ToDictionary(tag => (string)tag!["Key"]!, tag => (string)tag!["Value"]!);
            Assert.Equal(environment, tags["environment"]);
            Assert.Equal(environment == "full" ? "soc" : null, tags.GetValueOrDefault("team"));
        });
    }

    private static bool IsOneService(JsonNode statement) =>
        statement["Principal"]!["Service"] is not null && (string?)Single(statement["Condition"]!["StringEquals"]!).Key == "aws:SourceAccount";

    private static KeyValuePair<string, JsonNode?> Single(JsonNode node) => Assert.Single(node.AsObject());

    private static bool RefusesPlainHttp(JsonNode policy) => policy["PolicyDocument"]!["Statement"]!.AsArray().Any(statement =>
        (string?)statement!["Effect"] == "Deny" && (string?)statement["Condition"]?["Bool"]?["aws:SecureTransport"] == "false");

    private static IEnumerable<string> Ids(SynthesisedStack stack, string type) =>
        stack.Resources.Where(one => (string?)one.Value!["Type"] == type).Select(one => one.Key).Order(StringComparer.Ordinal);

    private IEnumerable<JsonNode> Properties(string name, string type) => stacks[name].OfType(type).Select(one => one["Properties"]!);
}
