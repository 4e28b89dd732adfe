using AlertLambda.Options;

namespace AlertLambda.Tests.Options;

public sealed class AlertOptionsReaderTests : IDisposable
{
    private const string Email = "arn:aws:sns:eu-west-1:123456789012:alerts-email";
    private const string Chat = "arn:aws-cn:sns:cn-north-1:123456789012:alerts-chat";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("options");

    public AlertOptionsReaderTests() => _folder.CreateSubdirectory("rules");

    public void Dispose() => _folder.Delete(true);

    [Fact]
    public void Two_topics_and_a_table_are_enough()
    {
        var options = Read(("ALERT_EMAIL_TOPIC_ARN", $" {Email} "), ("ALERT_CHAT_TOPIC_ARN", Chat), ("STATE_TABLE", "state"));

        Assert.Equal(
            new AlertOptions { EmailTopicArn = Email, ChatTopicArn = Chat, StateTable = "state", RulesPath = Path.Combine(_folder.FullName, "rules"), EnvironmentName = "default" },
            options);
    }

    [Fact]
    public void All_faults_are_reported_at_once_each_with_what_to_write()
    {
        var e = Assert.Throws<InvalidOptionsException>(() => Read(
            ("ALERT_CHAT_TOPIC_ARN", "alerts\n"), ("RULES_PATH", "/no/such/folder"), ("ENVIRONMENT_NAME", "my env"),
            ("QUARANTINE_BUCKET", "My_Bucket"), ("FUNCTION_TASK", "swep")));

        Assert.Equal(
            [
                "ALERT_EMAIL_TOPIC_ARN: not set; write the ARN of the topic for e-mail alerts, for example arn:aws:sns:eu-west-1:123456789012:alerts",
                "ALERT_CHAT_TOPIC_ARN: 'alerts' is not the ARN of an SNS topic; write one such as arn:aws:sns:eu-west-1:123456789012:alerts",
                "STATE_TABLE: not set; write the name of the DynamoDB table that keeps correlation state, for example pipeline-state",
                "QUARANTINE_BUCKET: 'My_Bucket' is not the name of a bucket; write 3 to 63 lower-case letters, digits, dots or hyphens, or nothing",
                "FUNCTION_TASK: 'swep' is no task; write stream, sweep or archive",
                "RULES_PATH: no folder '/no/such/folder'; write the folder that holds the rules (*.yml, *.yaml)",
                "ENVIRONMENT_NAME: 'my env' is not a name; write 1 to 64 letters, digits, dots, hyphens or underscores",
            ],
            e.Faults);
        Assert.All(e.Faults, fault => Assert.Contains(fault, e.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void One_topic_for_both_media_is_a_fault()
    {
        var e = Assert.Throws<InvalidOptionsException>(() => Read(("ALERT_EMAIL_TOPIC_ARN", Email), ("ALERT_CHAT_TOPIC_ARN", Email), ("STATE_TABLE", "state")));

        Assert.Contains("write the ARN of a second topic", Assert.Single(e.Faults), StringComparison.Ordinal);
    }

    [Fact]
    public void FIFO_topic_is_a_fault()
    {
        var e = Assert.Throws<InvalidOptionsException>(() => Read(("ALERT_EMAIL_TOPIC_ARN", Email + ".fifo"), ("ALERT_CHAT_TOPIC_ARN", Chat), ("STATE_TABLE", "state")));

        Assert.Contains("FIFO", Assert.Single(e.Faults), StringComparison.Ordinal);
    }

    [Fact]
    public void Tuning_file_is_optional_unless_it_is_named()
    {
        var e = Assert.Throws<InvalidOptionsException>(() => Read(("ALERT_EMAIL_TOPIC_ARN", Email), ("ALERT_CHAT_TOPIC_ARN", Chat), ("STATE_TABLE", "state"), ("TUNING_PATH", "mine.yaml")));

        Assert.Equal($"TUNING_PATH: no file '{Path.Combine(_folder.FullName, "mine.yaml")}'; write the tuning file, or leave it out", Assert.Single(e.Faults));
        File.WriteAllText(Path.Combine(_folder.FullName, "tuning.yaml"), "");
        Assert.Equal(Path.Combine(_folder.FullName, "tuning.yaml"), Read(("ALERT_EMAIL_TOPIC_ARN", Email), ("ALERT_CHAT_TOPIC_ARN", Chat), ("STATE_TABLE", "state")).TuningPath);
    }

    [Fact]
    public void Relative_rules_path_is_taken_from_the_folder_of_the_executable()
    {
        var own = _folder.CreateSubdirectory("own");

        Assert.Equal(own.FullName, Read(("ALERT_EMAIL_TOPIC_ARN", Email), ("ALERT_CHAT_TOPIC_ARN", Chat), ("STATE_TABLE", "state"), ("RULES_PATH", "own")).RulesPath);
    }

    private AlertOptions Read(params (string Name, string Value)[] variables) =>
        AlertOptionsReader.Read(name => variables.FirstOrDefault(v => v.Name == name).Value, _folder.FullName);
}
