using Cdk.Tests.Support;
using Map = System.Collections.Generic.Dictionary<string, object>;

namespace Cdk.Tests;

[Collection(nameof(DefaultStack))]
public sealed class IngestTests(DefaultStack stack)
{
    [NodeFact]
    public void Stream_has_one_shard_keeps_three_days_and_is_encrypted_with_its_own_key() =>
        stack.Template.HasResourceProperties("AWS::Kinesis::Stream", new Map
        {
            ["ShardCount"] = 1,
            ["RetentionPeriodHours"] = 72,
            ["StreamModeDetails"] = new Map { ["StreamMode"] = "PROVISIONED" },
            ["StreamEncryption"] = new Map
            {
                ["EncryptionType"] = "KMS",
                ["KeyId"] = new Map { ["Fn::GetAtt"] = new[] { stack.IdOf("AWS::KMS::Key", "Ingest"), "Arn" } },
            },
        });

    [NodeFact]
    public void Every_key_rotates() =>
        Assert.All(stack.OfType("AWS::KMS::Key"), key => Assert.True((bool)key["Properties"]!["EnableKeyRotation"]!));

    [NodeFact]
    public void Data_outlives_the_stack()
    {
        string[] types = ["AWS::Kinesis::Stream", "AWS::DynamoDB::Table", "AWS::KMS::Key", "AWS::S3::Bucket"];
        Assert.All(types.SelectMany(stack.OfType), resource => Assert.Equal("Retain", (string?)resource["DeletionPolicy"]));
    }
}
