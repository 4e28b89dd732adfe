using Amazon.CDK;
using Amazon.CDK.AWS.IAM;
using Amazon.CDK.AWS.S3;
using Constructs;

namespace Cdk;

/// <summary>
/// What raises no alert any more. Lambda writes a batch that it gives up on there (the on-failure destination), with its records and the reason, and
/// moves on; and the function, below <c>quarantine/</c>, single records that are not frames.
/// </summary>
public sealed class DiscardedBatches : Construct
{
    /// <summary>Days an object is kept: time to find the cause and to look at what was not evaluated.</summary>
    public const int KeepDays = 90;

    /// <summary>Creates the bucket. It outlives the stack, for it is evidence.</summary>
    public DiscardedBatches(Construct scope, string id)
        : base(scope, id)
    {
        Bucket = new Bucket(this, "Bucket", new BucketProps
        {
            BlockPublicAccess = BlockPublicAccess.BLOCK_ALL,
            EnforceSSL = true,
            // With the bucket's own keys instead of KMS, an on-failure delivery depends on one permission less.
            Encryption = BucketEncryption.S3_MANAGED,
            ObjectOwnership = ObjectOwnership.BUCKET_OWNER_ENFORCED,
            LifecycleRules =
            [
                new LifecycleRule
                {
                    Expiration = Duration.Days(KeepDays),
                    AbortIncompleteMultipartUploadAfter = Duration.Days(1),
                },
            ],
            RemovalPolicy = RemovalPolicy.RETAIN,
        });
    }

    /// <summary>The bucket.</summary>
    public Bucket Bucket { get; }

    /// <summary>What an S3 on-failure destination needs of the function's role: add objects, not read or delete them.</summary>
    public IReadOnlyList<PolicyStatement> WriteStatements() =>
    [
        // By wildcard: the objects have no names yet.
        Policies.Allow("AddDiscardedBatch", ["s3:PutObject"], Bucket.ArnForObjects("*")),
        Policies.Allow("FindDiscardedBatches", ["s3:ListBucket"], Bucket.BucketArn),
    ];
}
