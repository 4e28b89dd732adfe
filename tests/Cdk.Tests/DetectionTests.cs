using Cdk.Tests.Support;
using Map = System.Collections.Generic.Dictionary<string, object>;

namespace Cdk.Tests;

[Collection(nameof(DefaultStack))]
public sealed class DetectionTests(DefaultStack stack)
{
    [NodeFact]
    public void Function_is_an_executable_assembly_on_the_managed_runtime_for_arm()
    {
        var function = stack.Only("AWS::Lambda::Function", "Detection");

        Assert.Equal("dotnet10", (string?)function["Runtime"]);
        Assert.Equal(["arm64"], Intrinsic.Texts(function["Architectures"]));
        Assert.Equal(512, (int)function["MemorySize"]!);
        Assert.Equal(60, (int)function["Timeout"]!);
        Assert.Equal("AlertLambda", (string?)function["Handler"]);
    }

    [NodeFact]
    public void Function_is_told_where_topics_table_bucket_and_rules_are()
    {
        var variables = stack.Only("AWS::Lambda::Function", "Detection")["Environment"]!["Variables"]!.AsObject();

        Assert.Equal(
            new SortedDictionary<string, string>
            {
                ["ALERT_CHAT_TOPIC_ARN"] = stack.IdOf("AWS::SNS::Topic", "AlertingChat"),
                ["ALERT_EMAIL_TOPIC_ARN"] = stack.IdOf("AWS::SNS::Topic", "AlertingEmail"),
                ["DOTNET_GCGen0MaxBudget"] = "0x1000000",
                ["DOTNET_GCLOHThreshold"] = "0x300000",
                ["DOTNET_GCgen0size"] = "0x1000000",
                ["ENVIRONMENT_NAME"] = "prod",
                ["QUARANTINE_BUCKET"] = stack.IdOf("AWS::S3::Bucket", "DiscardedBatches"),
                ["RULES_PATH"] = "rules",
                ["STATE_TABLE"] = stack.IdOf("AWS::DynamoDB::Table", "State"),
            },
            new SortedDictionary<string, string>(variables.ToDictionary(one => one.Key, one => Intrinsic.Text(one.Value))));
    }

    [NodeFact]
    public void Shards_are_taken_side_by_side_and_each_one_batch_at_a_time()
    {
        Assert.Null(stack.Only("AWS::Lambda::Function", "Detection")["ReservedConcurrentExecutions"]);
        Assert.Equal(1, (int)stack.Only("AWS::Lambda::EventSourceMapping")["ParallelizationFactor"]!);
    }

    [NodeFact]
    public void Function_logs_into_a_group_that_forgets()
    {
        var function = stack.Only("AWS::Lambda::Function", "Detection");

        Assert.Equal(stack.IdOf("AWS::Logs::LogGroup", "Detection"), Intrinsic.Text(function["LoggingConfig"]!["LogGroup"]));
        Assert.Equal(90, (int)stack.Only("AWS::Logs::LogGroup", "Detection")["RetentionInDays"]!);
    }

    [NodeFact]
    public void Bad_batch_is_split_retried_a_bounded_number_of_times_and_kept_when_discarded() =>
        stack.Template.HasResourceProperties("AWS::Lambda::EventSourceMapping", new Map
        {
            ["StartingPosition"] = "TRIM_HORIZON",
            ["FunctionResponseTypes"] = new[] { "ReportBatchItemFailures" },
            ["BisectBatchOnFunctionError"] = true,
            ["MaximumRetryAttempts"] = 1000,
            ["BatchSize"] = 200,
            ["ParallelizationFactor"] = 1,
            ["DestinationConfig"] = new Map
            {
                ["OnFailure"] = new Map
                {
                    ["Destination"] = new Map { ["Fn::GetAtt"] = new[] { stack.IdOf("AWS::S3::Bucket", "DiscardedBatches"), "Arn" } },
                },
            },
        });

    [NodeFact]
    public void Record_is_discarded_into_the_bucket_an_hour_before_the_stream_forgets_it() =>
        Assert.Equal(71 * 3600, (int)stack.Only("AWS::Lambda::EventSourceMapping")["MaximumRecordAgeInSeconds"]!);

    [NodeFact]
    public void Function_role_holds_exactly_what_is_used()
    {
        var role = stack.Resources[stack.IdOf("AWS::IAM::Role", "Detection")]!["Properties"]!;
        var stream = stack.IdOf("AWS::Kinesis::Stream", "Ingest");
        var bucket = stack.IdOf("AWS::S3::Bucket", "DiscardedBatches");
        var logs = stack.IdOf("AWS::Logs::LogGroup", "Detection");
        var table = stack.IdOf("AWS::DynamoDB::Table", "State");
        var alertKey = stack.IdOf("AWS::KMS::Key", "Alerting");

        Assert.Null(role["ManagedPolicyArns"]);
        Assert.Equal(
            new[]
            {
                $"kinesis:DescribeStream on {stream}.Arn",
                $"kinesis:DescribeStreamSummary on {stream}.Arn",
                $"kinesis:GetRecords on {stream}.Arn",
                $"kinesis:GetShardIterator on {stream}.Arn",
                $"kinesis:ListShards on {stream}.Arn",
                $"kms:Decrypt on {stack.IdOf("AWS::KMS::Key", "Ingest")}.Arn",
                $"dynamodb:BatchGetItem on {table}.Arn",
                $"dynamodb:PutItem on {table}.Arn",
                $"dynamodb:UpdateItem on {table}.Arn",
                $"sns:Publish on {stack.IdOf("AWS::SNS::Topic", "AlertingEmail")}",
                $"sns:Publish on {stack.IdOf("AWS::SNS::Topic", "AlertingChat")}",
                $"kms:GenerateDataKey on {alertKey}.Arn",
                $"kms:Decrypt on {alertKey}.Arn",
                $"s3:PutObject on {bucket}.Arn/*",
                $"s3:ListBucket on {bucket}.Arn",
                $"logs:CreateLogStream on {logs}.Arn",
                $"logs:PutLogEvents on {logs}.Arn",
            },
            Grants.Allowed(Assert.Single(role["Policies"]!.AsArray())!["PolicyDocument"]!));
    }
}
