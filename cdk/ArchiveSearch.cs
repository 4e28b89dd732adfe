using Amazon.CDK;
using Amazon.CDK.AWS.IAM;
using Amazon.CDK.AWS.Logs;
using Amazon.CDK.AWS.S3;
using Amazon.CDK.AWS.SQS;
using Constructs;

namespace Cdk;

/// <summary>
/// Brings archived objects into an OpenSearch domain: S3 tells a queue of each object, and an OpenSearch Ingestion pipeline reads its lines.
/// </summary>
/// <remarks>Not Firehose's own OpenSearch destination: that makes one document of a record, and a record here is a frame of many events.</remarks>
public sealed class ArchiveSearch : Construct
{
    /// <summary>Creates queue, role and pipeline.</summary>
    public ArchiveSearch(Construct scope, string id, PipelineStackProps props, OpenSearchDomain domain, Archive archive)
        : base(scope, id)
    {
        Unread = new Queue(this, "Unread", new QueueProps { Encryption = QueueEncryption.SQS_MANAGED, EnforceSSL = true, RetentionPeriod = Duration.Days(14) });
        var objects = new Queue(this, "Objects", new QueueProps
        {
            Encryption = QueueEncryption.SQS_MANAGED,
            EnforceSSL = true,
            RetentionPeriod = Duration.Days(14),
            VisibilityTimeout = Duration.Minutes(10),
            DeadLetterQueue = new DeadLetterQueue { Queue = Unread, MaxReceiveCount = 5 },
        });
        TellOfObjects(archive.Bucket, objects);
        var role = Role = ReaderRole(domain, archive, objects);
        var logs = new LogGroup(this, "Logs", new LogGroupProps
        {
            // The service takes no other name.
            LogGroupName = $"/aws/vendedlogs/OpenSearchIngestion/{props.StackName ?? Stack.Of(this).StackName}",
            Retention = props.LogRetention,
            // Its name is given: one that stayed behind a creation that failed would be in the way of the next.
            RemovalPolicy = props.RetainData ? RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE : RemovalPolicy.DESTROY,
        });
        // The construct library has no class for it in C#.
        new CfnResource(this, "Pipeline", new CfnResourceProps
        {
            Type = "AWS::OSIS::Pipeline",
            Properties = new Dictionary<string, object>
            {
                ["PipelineName"] = $"edge-{props.EnvironmentName}",
                ["MinUnits"] = 1,
                ["MaxUnits"] = 4,
                ["PipelineConfigurationBody"] = Configuration(domain, objects, role),
                ["LogPublishingOptions"] = new Dictionary<string, object>
                {
                    ["IsLoggingEnabled"] = true,
                    ["CloudWatchLogDestination"] = new Dictionary<string, object> { ["LogGroup"] = logs.LogGroupName },
                },
            },
        });
    }

    /// <summary>Who writes the documents: the domain's access policy must name it.</summary>
    public Role Role { get; }

    /// <summary>Objects that could not be read in five tries.</summary>
    public Queue Unread { get; }

    // The plain property: the construct library's notifications bring a function with rights on every bucket's configuration.
    private static void TellOfObjects(Bucket bucket, Queue queue)
    {
        queue.AddToResourcePolicy(new PolicyStatement(new PolicyStatementProps
        {
            Sid = "ObjectsOfThisAccount",
            Principals = [new ServicePrincipal("s3.amazonaws.com")],
            Actions = ["sqs:SendMessage"],
            Resources = [queue.QueueArn],
            Conditions = Policies.Condition("StringEquals", "aws:SourceAccount", Aws.ACCOUNT_ID),
        }));
        var plain = (CfnBucket)bucket.Node.DefaultChild!;
        plain.NotificationConfiguration = new CfnBucket.NotificationConfigurationProperty
        {
            QueueConfigurations = new object[]
            {
                new CfnBucket.QueueConfigurationProperty
                {
                    Event = "s3:ObjectCreated:*",
                    Queue = queue.QueueArn,
                    Filter = new CfnBucket.NotificationFilterProperty
                    {
                        S3Key = new CfnBucket.S3KeyFilterProperty
                        {
                            Rules = new object[] { new CfnBucket.FilterRuleProperty { Name = "prefix", Value = Archive.EventPrefix } },
                        },
                    },
                },
            },
        };
        // S3 tries whether it may send.
        plain.Node.AddDependency(queue.Node.FindChild("Policy"));
    }

    private Role ReaderRole(OpenSearchDomain domain, Archive archive, Queue objects) => new(this, "Role", new RoleProps
    {
        AssumedBy = new ServicePrincipal("osis-pipelines.amazonaws.com", new ServicePrincipalOpts
        {
            Conditions = Policies.Condition("StringEquals", "aws:SourceAccount", Aws.ACCOUNT_ID),
        }),
        InlinePolicies = new Dictionary<string, PolicyDocument>
        {
            ["search"] = new(new PolicyDocumentProps
            {
                Statements =
                [
                    Policies.Allow("TakeObjects", ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:ChangeMessageVisibility"], objects.QueueArn),
                    // By wildcard: the objects have no names yet, and a domain's requests are below it.
                    Policies.Allow("ReadObjects", ["s3:GetObject"], archive.Bucket.ArnForObjects(Archive.EventPrefix + "*")),
                    Policies.Allow("DecryptObjects", ["kms:Decrypt"], archive.Key.KeyArn, archive.OnlyForBucket()),
                    Policies.Allow("FindDomain", ["es:DescribeDomain"], domain.Arn),
                    Policies.Allow("WriteDocuments", ["es:ESHttpGet", "es:ESHttpHead", "es:ESHttpPost", "es:ESHttpPut"], $"{domain.Arn}/*"),
                ],
            }),
        },
    });

    private static string Configuration(OpenSearchDomain domain, Queue objects, Role role) =>
        $$"""
        version: "2"
        edge-events:
          source:
            s3:
              notification_type: sqs
              compression: gzip
              codec:
                newline:
              sqs:
                queue_url: "{{objects.QueueUrl}}"
              aws:
                region: "{{Aws.REGION}}"
                sts_role_arn: "{{role.RoleArn}}"
          processor:
            - parse_json:
            - delete_entries:
                with_keys: ["message", "s3"]
          sink:
            - opensearch:
                hosts: ["{{domain.Endpoint}}"]
                index: "edge-events-%{yyyy.MM.dd}"
                document_id: "${/metadata/uid}"
                aws:
                  region: "{{Aws.REGION}}"
                  sts_role_arn: "{{role.RoleArn}}"
        """;
}
