using Detection.Taxonomy;
using Support;
using Wire.Model;

namespace Detection.Tests.Taxonomy;

public sealed class HostTaxonomyTests
{
    [Theory]
    [InlineData(0x8000u, EventCategory.FileAccess)]
    [InlineData(1u, EventCategory.FileAccess)]
    [InlineData(0x42u, EventCategory.FileAccess | EventCategory.FileEvent)]
    [InlineData(0x40u, EventCategory.FileAccess | EventCategory.FileEvent)]
    [InlineData(0x200000u, EventCategory.None)]
    [InlineData(3u, EventCategory.None)]
    public void Open_flags_decide_the_category(uint flags, EventCategory expected) =>
        Assert.Equal(expected, HostTaxonomy.CategoriesOf(Some.FileOpen(openFlags: flags)));

    [Fact]
    public void Each_kind_of_event_has_its_category()
    {
        Assert.Equal(EventCategory.ProcessCreation, HostTaxonomy.CategoriesOf(Some.Exec()));
        Assert.Equal(EventCategory.ProcessTermination, HostTaxonomy.CategoriesOf(Some.Exit()));
        Assert.Equal(EventCategory.NetworkConnection, HostTaxonomy.CategoriesOf(Some.Connect()));
        Assert.Equal(EventCategory.NetworkConnection, HostTaxonomy.CategoriesOf(Some.Send()));
        Assert.Equal(EventCategory.FileAccessFailed, HostTaxonomy.CategoriesOf(Some.FileOpen(openFlags: 0x41, error: 13)));
        Assert.Equal(EventCategory.SystemCall | EventCategory.FileRename, HostTaxonomy.CategoriesOf(Some.Call(CallKind.Rename)));
        Assert.Equal(EventCategory.SystemCall, HostTaxonomy.CategoriesOf(Some.Call(CallKind.Rename, error: 13)));
        Assert.Equal(EventCategory.SystemCall, HostTaxonomy.CategoriesOf(Some.Call(CallKind.Ptrace)));
        Assert.Equal(EventCategory.None, HostTaxonomy.CategoriesOf(Some.Fork()));
    }

    [Fact]
    public void Rules_see_only_events_of_their_category_and_rules_without_one_see_all()
    {
        var pack = Packs.LoadAll(
            string.Join("\n---\n", HostTaxonomy.CategoryNames.Append("none").Select(category =>
                $"title: {category}\nlogsource: {{ product: linux{(category == "none" ? "" : ", category: " + category)} }}\ndetection: {{ s: {{ HostId: '*' }}, condition: s }}")));

        static IEnumerable<string> Titles(DetectionEngine engine, HostEvent e) => engine.Evaluate(e).Select(incident => incident.Rule.Title).Order(StringComparer.Ordinal);

        Assert.Equal(["none", "process_creation"], Titles(new DetectionEngine(pack), Some.Exec()));
        Assert.Equal(["none", "process_termination"], Titles(new DetectionEngine(pack), Some.Exit()));
        Assert.Equal(["network_connection", "none"], Titles(new DetectionEngine(pack), Some.Send()));
        Assert.Equal(["file_access", "file_event", "none"], Titles(new DetectionEngine(pack), Some.FileOpen(openFlags: 0x41)));
        Assert.Equal(["file_access_failed", "none"], Titles(new DetectionEngine(pack), Some.FileOpen(error: 13)));
        Assert.Equal(["file_delete", "none", "system_call"], Titles(new DetectionEngine(pack), Some.Call(CallKind.Unlink, "/etc/shadow")));
        Assert.Equal(["none", "system_call"], Titles(new DetectionEngine(pack), Some.Call(CallKind.Ptrace)));
        Assert.Equal(["none"], Titles(new DetectionEngine(pack), Some.Fork()));
    }

    [Fact]
    public void Sensor_feeds_its_categories_records_without_one_and_those_of_the_audit_daemon() => Assert.Equal(
        [
            "linux", "linux/auditd", "linux/file_access", "linux/file_access_failed", "linux/file_change", "linux/file_delete", "linux/file_event",
            "linux/file_rename", "linux/network_connection", "linux/process_creation", "linux/process_termination", "linux/system_call",
        ],
        HostTaxonomy.Fed.Select(source => source.ToString()).Order(StringComparer.Ordinal));

    [Theory]
    [InlineData("Image", "", "", true)]
    [InlineData("CommandLine", "network_connection", "", true)]
    [InlineData("TargetFilename", "file_event", "", true)]
    [InlineData("TargetFilename", "process_creation", "", false)]
    [InlineData("TargetFilename", "", "", true)]
    [InlineData("TargetFilename", "", "auditd", true)]
    [InlineData("ExitCode", "", "auditd", false)]
    [InlineData("ExitCode", "process_termination", "", true)]
    [InlineData("Error", "file_access", "", false)]
    [InlineData("Error", "file_access_failed", "", true)]
    [InlineData("Error", "file_rename", "", false)]
    [InlineData("Error", "system_call", "", true)]
    [InlineData("SourceFilename", "file_rename", "", true)]
    [InlineData("SourceFilename", "file_delete", "", false)]
    [InlineData("SetsId", "file_change", "", true)]
    [InlineData("SetsId", "file_rename", "", false)]
    [InlineData("TargetProcessId", "system_call", "", true)]
    [InlineData("TargetProcessId", "file_change", "", false)]
    [InlineData("SocketKind", "system_call", "", true)]
    [InlineData("SocketKind", "file_change", "", false)]
    [InlineData("Call", "file_access_failed", "", false)]
    [InlineData("exit", "", "auditd", true)]
    [InlineData("a12", "", "auditd", true)]
    [InlineData("a12", "", "", true)]
    [InlineData("a12", "process_creation", "", false)]
    [InlineData("a012", "", "auditd", false)]
    [InlineData("key", "", "auditd", false)]
    [InlineData("OriginalFileName", "process_creation", "", false)]
    [InlineData("Image", "", "sshd", false)]
    public void Fields_that_can_never_be_there_are_known(string field, string category, string service, bool expected) =>
        Assert.Equal(expected, HostTaxonomy.Produces(field, new LogSource(category, "linux", service)));

    [Fact]
    public void Nothing_is_produced_for_another_product() => Assert.False(HostTaxonomy.Produces("Image", new LogSource("", "windows", "")));
}
