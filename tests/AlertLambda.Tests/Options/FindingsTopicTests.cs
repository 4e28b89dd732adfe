using AlertLambda.Options;

namespace AlertLambda.Tests.Options;

public sealed class FindingsTopicTests : IDisposable
{
    private const string Email = "arn:aws:sns:eu-west-1:123456789012:alerts-email";
    private const string Chat = "arn:aws:sns:eu-west-1:123456789012:alerts-chat";
    private const string Findings = "arn:aws:sns:eu-west-1:123456789012:findings";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("options");

    public FindingsTopicTests() => _folder.CreateSubdirectory("rules");

    public void Dispose() => _folder.Delete(true);

    [Fact]
    public void Third_topic_is_taken_and_may_be_left_out()
    {
        Assert.Equal(Findings, Read(Findings).FindingsTopicArn);
        Assert.Null(Read(null).FindingsTopicArn);
        Assert.Null(Read(" ").FindingsTopicArn);
    }

    [Theory]
    [InlineData(Email)]
    [InlineData(Chat)]
    [InlineData("findings")]
    [InlineData(Findings + ".fifo")]
    public void Topic_of_people_or_of_another_kind_is_a_fault(string arn) =>
        Assert.StartsWith("ALERT_FINDINGS_TOPIC_ARN: ", Assert.Single(Assert.Throws<InvalidOptionsException>(() => Read(arn)).Faults), StringComparison.Ordinal);

    private AlertOptions Read(string? findings) => AlertOptionsReader.Read(
        name => name switch
        {
            "ALERT_EMAIL_TOPIC_ARN" => Email,
            "ALERT_CHAT_TOPIC_ARN" => Chat,
            "ALERT_FINDINGS_TOPIC_ARN" => findings,
            _ => null,
        },
        _folder.FullName);
}
