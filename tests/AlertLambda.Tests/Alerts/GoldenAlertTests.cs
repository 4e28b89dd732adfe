using System.Text.Encodings.Web;
using System.Text.Json;
using AlertLambda.Alerts;
using Detection.Findings;
using Support.Ocsf;

namespace AlertLambda.Tests.Alerts;

public sealed class GoldenAlertTests
{
    private static readonly JsonSerializerOptions Readable = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    // A reviewer must see what is hidden: as it is published, but with line breaks.
    private static readonly JsonSerializerOptions ReadableAscii = new() { WriteIndented = true };

    public static TheoryData<string> Names => ["sudo-then-shadow", "user-added-by-service", "many-connects", "hostile-names", "two-hosts", "over"];

    [Theory]
    [MemberData(nameof(Names))]
    public void Mail_reads_as_reviewed(string name)
    {
        var mail = Message(name, AlertMedium.Email);
        var attributes = string.Join(", ", mail.Attributes.OrderBy(a => a.Key, StringComparer.Ordinal).Select(a => $"{a.Key}={a.Value}"));

        Golden.Matches($"{name}.txt", $"Subject: {mail.Subject}\nAttributes: {attributes}\n\n{mail.Body}");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Slack_message_reads_as_reviewed(string name)
    {
        using var json = JsonDocument.Parse(Message(name, AlertMedium.Chat).Body);

        Golden.Matches($"{name}.json", JsonSerializer.Serialize(json, Readable) + "\n");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Finding_reads_as_reviewed_and_is_valid(string name)
    {
        using var json = JsonDocument.Parse(Message(name, AlertMedium.Finding).Body);

        Assert.Empty(OcsfValidator.Faults(json.RootElement));
        Golden.Matches($"{name}.ocsf.json", JsonSerializer.Serialize(json, ReadableAscii) + "\n");
    }

    private static AlertMessage Message(string name, AlertMedium medium) =>
        new AlertComposer("production", withFindings: true).Compose(Named(name)).Single(m => m.Medium == medium);

    private static Incident Named(string name) => name switch
    {
        "sudo-then-shadow" => Incidents.SudoThenShadow(),
        "user-added-by-service" => Incidents.UserAddedByService(),
        "many-connects" => Incidents.ManyConnects(),
        "hostile-names" => Incidents.Hostile(),
        "over" => Incidents.Closed(),
        _ => Incidents.TwoHosts(),
    };
}
