using Amazon.CDK;
using Amazon.CDK.AWS.IAM;
using Amazon.CDK.AWS.S3;
using Constructs;

namespace Cdk;

/// <summary>The bucket for records that could not be processed; Lambda writes the whole batch there before it moves on.</summary>
public sealed class Quarantine : Construct
{
    /// <summary>Days an object is kept: time to find and mend the cause, and to replay.</summary>
    public const int KeepDays = 90;

    /// <summary>Creates the bucket. It outlives the stack, for it is evidence.</summary>
    public Quarantine(Construct scope, string id)
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
        Policies.Allow("AddToQuarantine", ["s3:PutObject"], Bucket.ArnForObjects("*")),
        Policies.Allow("FindQuarantine", ["s3:ListBucket"], Bucket.BucketArn),
    ];
}
