using System.Text.Json.Nodes;
using Cdk.Tests.Support;

namespace Cdk.Tests;

[Collection(nameof(FullStack))]
public sealed class ArchiveTests(FullStack stack)
{
    [NodeFact]
    public void Archive_is_the_published_function_with_another_task_and_no_right_but_to_write_its_log()
    {
        var function = stack.Only("AWS::Lambda::Function", "Archive");
        var role = stack.Only("AWS::IAM::Role", "ArchiveRole");
        var logs = stack.IdOf("AWS::Logs::LogGroup", "ArchiveLogs");

        Assert.Equal(stack.Only("AWS::Lambda::Function", "Detection")["Code"]!.ToJsonString(), function["Code"]!.ToJsonString());
        var variables = function["Environment"]!["Variables"]!.AsObject();
        Assert.Equal([("ARCHIVE_COMPRESSION", "gzip"), ("FUNCTION_TASK", "archive")], variables.Select(one => (one.Key, (string)one.Value!)).Order());
        Assert.Equal([$"logs:CreateLogStream on {logs}.Arn", $"logs:PutLogEvents on {logs}.Arn"], Allowed(role));
    }

    [NodeFact]
    public void Firehose_reads_the_stream_calls_the_transformation_and_writes_gzip_lines_by_hour()
    {
        var delivery = stack.Only("AWS::KinesisFirehose::DeliveryStream");
        var s3 = delivery["ExtendedS3DestinationConfiguration"]!;
        var parameters = s3["ProcessingConfiguration"]!["Processors"]![0]!["Parameters"]!.AsArray()
            .ToDictionary(one => (string)one!["ParameterName"]!, one => Intrinsic.Text(one!["ParameterValue"]));

        Assert.Equal("KinesisStreamAsSource", (string?)delivery["DeliveryStreamType"]);
        Assert.Equal($"{stack.IdOf("AWS::Kinesis::Stream", "Ingest")}.Arn", Intrinsic.Text(delivery["KinesisStreamSourceConfiguration"]!["KinesisStreamARN"]));
        Assert.Equal($"{stack.IdOf("AWS::Lambda::Function", "Archive")}.Arn:$LATEST", parameters["LambdaArn"]);
        Assert.Equal("0.2", parameters["BufferSizeInMBs"]);
        Assert.Equal(("UNCOMPRESSED", ".jsonl.gz"), ((string)s3["CompressionFormat"]!, (string)s3["FileExtension"]!));
        Assert.StartsWith("events/year=!{timestamp:yyyy}/", (string)s3["Prefix"]!, StringComparison.Ordinal);
        Assert.StartsWith("errors/!{firehose:error-output-type}/", (string)s3["ErrorOutputPrefix"]!, StringComparison.Ordinal);
    }

    [NodeFact]
    public void Role_of_the_delivery_holds_exactly_what_is_used()
    {
        var role = stack.Only("AWS::IAM::Role", "ArchiveDeliveryRole");
        var stream = stack.IdOf("AWS::Kinesis::Stream", "Ingest");
        var bucket = stack.IdOf("AWS::S3::Bucket", "Archive");
        var key = stack.IdOf("AWS::KMS::Key", "Archive");
        var function = stack.IdOf("AWS::Lambda::Function", "Archive");

        Assert.Equal(
            new[]
            {
                $"kinesis:DescribeStream on {stream}.Arn", $"kinesis:GetRecords on {stream}.Arn", $"kinesis:GetShardIterator on {stream}.Arn",
                $"kinesis:ListShards on {stream}.Arn", $"kms:Decrypt on {stack.IdOf("AWS::KMS::Key", "Ingest")}.Arn",
                $"lambda:InvokeFunction on {function}.Arn:$LATEST", $"lambda:GetFunctionConfiguration on {function}.Arn:$LATEST",
                $"s3:GetBucketLocation on {bucket}.Arn", $"s3:ListBucket on {bucket}.Arn", $"s3:ListBucketMultipartUploads on {bucket}.Arn",
                $"s3:AbortMultipartUpload on {bucket}.Arn/events/*", $"s3:AbortMultipartUpload on {bucket}.Arn/errors/*",
                $"s3:GetObject on {bucket}.Arn/events/*", $"s3:GetObject on {bucket}.Arn/errors/*",
                $"s3:PutObject on {bucket}.Arn/events/*", $"s3:PutObject on {bucket}.Arn/errors/*",
                $"kms:Decrypt on {key}.Arn", $"kms:GenerateDataKey on {key}.Arn",
                $"logs:PutLogEvents on arn:aws:logs:eu-west-1:111122223333:log-group:{stack.IdOf("AWS::Logs::LogGroup", "ArchiveDelivery")}:log-stream:{stack.IdOf("AWS::Logs::LogStream", "Archive")}",
            },
            Allowed(role));
        var trust = role["AssumeRolePolicyDocument"]!["Statement"]![0]!;
        Assert.Equal("111122223333", Intrinsic.Text(trust["Condition"]!["StringEquals"]!["sts:ExternalId"]));
    }

    [NodeFact]
    public void Bucket_has_a_key_of_its_own_and_forgets_after_the_chosen_days()
    {
        var bucket = stack.Only("AWS::S3::Bucket", "Archive");
        var encryption = bucket["BucketEncryption"]!["ServerSideEncryptionConfiguration"]![0]!;

        Assert.Equal("aws:kms", (string?)encryption["ServerSideEncryptionByDefault"]!["SSEAlgorithm"]);
        Assert.True((bool)encryption["BucketKeyEnabled"]!);
        Assert.Equal(730, (int)bucket["LifecycleConfiguration"]!["Rules"]![0]!["ExpirationInDays"]!);
    }

    [NodeFact]
    public void OpenSearch_gets_each_object_once_it_is_there()
    {
        var queue = stack.IdOf("AWS::SQS::Queue", "ArchiveSearchObjects");
        var notification = stack.Only("AWS::S3::Bucket", "Archive")["NotificationConfiguration"]!["QueueConfigurations"]![0]!;
        var pipeline = stack.Only("AWS::OSIS::Pipeline");
        var body = Intrinsic.Text(pipeline["PipelineConfigurationBody"]);

        Assert.Equal($"{queue}.Arn", Intrinsic.Text(notification["Queue"]));
        Assert.Equal("events/", (string?)notification["Filter"]!["S3Key"]!["Rules"]![0]!["Value"]);
        Assert.Equal("edge-full", (string?)pipeline["PipelineName"]);
        Assert.Contains("hosts: [\"https://events.example.org\"]", body, StringComparison.Ordinal);
        Assert.Contains($"queue_url: \"{queue}\"", body, StringComparison.Ordinal);
        Assert.Contains("document_id: \"${/metadata/uid}\"", body, StringComparison.Ordinal);
        Assert.DoesNotContain("Token[", body, StringComparison.Ordinal);
    }

    [NodeFact]
    public void Log_group_of_the_OpenSearch_pipeline_stays_with_the_data_but_not_behind_a_creation_that_failed()
    {
        var logs = stack.Resources[stack.IdOf("AWS::Logs::LogGroup", "ArchiveSearch")]!;

        Assert.Equal("RetainExceptOnCreate", (string?)logs["DeletionPolicy"]);
        Assert.Equal("Retain", (string?)logs["UpdateReplacePolicy"]);
    }

    [NodeFact]
    public void Role_that_the_domains_access_policy_must_name_is_an_output() =>
        Assert.Equal(
            $"{stack.IdOf("AWS::IAM::Role", "ArchiveSearch")}.Arn",
            Intrinsic.Text(JsonNode.Parse(stack.Json)!["Outputs"]!["SearchRoleArn"]!["Value"]));

    [NodeFact]
    public void OpenSearch_pipeline_may_take_objects_and_write_documents_and_no_more() =>
        Assert.Equal(
            new[]
            {
                $"sqs:ReceiveMessage on {stack.IdOf("AWS::SQS::Queue", "ArchiveSearchObjects")}.Arn",
                $"sqs:DeleteMessage on {stack.IdOf("AWS::SQS::Queue", "ArchiveSearchObjects")}.Arn",
                $"sqs:ChangeMessageVisibility on {stack.IdOf("AWS::SQS::Queue", "ArchiveSearchObjects")}.Arn",
                $"s3:GetObject on {stack.IdOf("AWS::S3::Bucket", "Archive")}.Arn/events/*",
                $"kms:Decrypt on {stack.IdOf("AWS::KMS::Key", "Archive")}.Arn",
                "es:DescribeDomain on arn:aws:es:eu-west-1:111122223333:domain/events",
                "es:ESHttpGet on arn:aws:es:eu-west-1:111122223333:domain/events/*",
                "es:ESHttpHead on arn:aws:es:eu-west-1:111122223333:domain/events/*",
                "es:ESHttpPost on arn:aws:es:eu-west-1:111122223333:domain/events/*",
                "es:ESHttpPut on arn:aws:es:eu-west-1:111122223333:domain/events/*",
            },
            Allowed(stack.Only("AWS::IAM::Role", "ArchiveSearch")));

    private static IReadOnlyList<string> Allowed(JsonNode role) => Grants.Allowed(Assert.Single(role["Policies"]!.AsArray())!["PolicyDocument"]!);
}
