using Cdk.Tests.Support;
using Map = System.Collections.Generic.Dictionary<string, object>;

namespace Cdk.Tests;

[Collection(nameof(DefaultStack))]
public sealed class SweepTests(DefaultStack stack)
{
    [NodeFact]
    public void Same_executable_runs_each_minute_with_the_task_to_sweep_and_never_twice_at_once()
    {
        var sweep = stack.Only("AWS::Lambda::Function", "Sweep");
        var detection = stack.Only("AWS::Lambda::Function", "Detection");

        Assert.Equal(detection["Code"]!.ToJsonString(), sweep["Code"]!.ToJsonString());
        Assert.Equal("AlertLambda", (string?)sweep["Handler"]);
        Assert.Equal("sweep", (string?)sweep["Environment"]!["Variables"]!["FUNCTION_TASK"]);
        Assert.Equal(stack.IdOf("AWS::DynamoDB::Table", "State"), Intrinsic.Text(sweep["Environment"]!["Variables"]!["STATE_TABLE"]));
        Assert.Equal(stack.IdOf("AWS::Kinesis::Stream", "Ingest"), Intrinsic.Text(sweep["Environment"]!["Variables"]!["STREAM_NAME"]));
        Assert.Equal(1, (int)sweep["ReservedConcurrentExecutions"]!);
        Assert.InRange((int)sweep["Timeout"]!, 1, 59);
        stack.Template.HasResourceProperties("AWS::Events::Rule", new Map { ["ScheduleExpression"] = "rate(1 minute)", ["State"] = "ENABLED" });
    }

    [NodeFact]
    public void It_hears_of_each_instance_that_stops_and_an_event_waits_until_a_sweep_is_over()
    {
        stack.Template.HasResourceProperties("AWS::Events::Rule", new Map
        {
            ["EventPattern"] = new Map
            {
                ["source"] = new[] { "aws.ec2" },
                ["detail-type"] = new[] { "EC2 Instance State-change Notification" },
                ["detail"] = new Map { ["state"] = new[] { "stopping", "stopped", "shutting-down", "terminated" } },
            },
        });
        var waiting = stack.Only("AWS::Lambda::EventInvokeConfig", "Sweep");
        Assert.Equal((2, 600), ((int)waiting["MaximumRetryAttempts"]!, (int)waiting["MaximumEventAgeInSeconds"]!));
    }

    [NodeFact]
    public void Role_of_the_sweep_holds_exactly_what_is_used()
    {
        var role = stack.Only("AWS::IAM::Role", "Sweep");
        var table = stack.IdOf("AWS::DynamoDB::Table", "State");
        var stream = stack.IdOf("AWS::Kinesis::Stream", "Ingest");
        var alertKey = stack.IdOf("AWS::KMS::Key", "Alerting");
        var logs = stack.IdOf("AWS::Logs::LogGroup", "Sweep");

        Assert.Null(role["ManagedPolicyArns"]);
        Assert.Equal(
            new[]
            {
                $"dynamodb:BatchGetItem on {table}.Arn",
                $"dynamodb:PutItem on {table}.Arn",
                $"dynamodb:UpdateItem on {table}.Arn",
                $"dynamodb:Scan on {table}.Arn",
                $"kinesis:GetRecords on {stream}.Arn",
                $"kinesis:GetShardIterator on {stream}.Arn",
                $"kinesis:ListShards on {stream}.Arn",
                $"kms:Decrypt on {stack.IdOf("AWS::KMS::Key", "Ingest")}.Arn",
                $"sns:Publish on {stack.IdOf("AWS::SNS::Topic", "AlertingEmail")}",
                $"sns:Publish on {stack.IdOf("AWS::SNS::Topic", "AlertingChat")}",
                $"kms:GenerateDataKey on {alertKey}.Arn",
                $"kms:Decrypt on {alertKey}.Arn",
                $"logs:CreateLogStream on {logs}.Arn",
                $"logs:PutLogEvents on {logs}.Arn",
            },
            Grants.Allowed(Assert.Single(role["Policies"]!.AsArray())!["PolicyDocument"]!));
    }
}
