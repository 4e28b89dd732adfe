using Cdk.Tests.Support;

namespace Cdk.Tests;

[Collection(nameof(DefaultStack))]
public sealed class DiscardedBatchesTests(DefaultStack stack)
{
    [NodeFact]
    public void Bucket_is_closed_to_the_public_and_encrypted_and_forgets_after_three_months()
    {
        var bucket = stack.Only("AWS::S3::Bucket");

        var closed = bucket["PublicAccessBlockConfiguration"]!.AsObject();
        Assert.Equal(
            ["BlockPublicAcls", "BlockPublicPolicy", "IgnorePublicAcls", "RestrictPublicBuckets"],
            closed.Select(part => part.Key).Order());
        Assert.All(closed, part => Assert.True((bool)part.Value!));
        var encryption = bucket["BucketEncryption"]!["ServerSideEncryptionConfiguration"]![0]!;
        Assert.Equal("AES256", (string?)encryption["ServerSideEncryptionByDefault"]!["SSEAlgorithm"]);
        Assert.Equal(DiscardedBatches.KeepDays, (int)bucket["LifecycleConfiguration"]!["Rules"]![0]!["ExpirationInDays"]!);
    }

    [NodeFact]
    public void Bucket_refuses_plain_http()
    {
        var statement = Assert.Single(stack.Only("AWS::S3::BucketPolicy")["PolicyDocument"]!["Statement"]!.AsArray())!;

        Assert.Equal("Deny", (string?)statement["Effect"]);
        Assert.Equal("s3:*", (string?)statement["Action"]);
        Assert.Equal("false", (string?)statement["Condition"]!["Bool"]!["aws:SecureTransport"]);
    }
}
