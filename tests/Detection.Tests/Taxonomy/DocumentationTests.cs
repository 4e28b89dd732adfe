using System.Text.RegularExpressions;
using Detection.Taxonomy;
using Support;
using Wire.Model;

namespace Detection.Tests.Taxonomy;

/// <summary>The table of fields in docs/rules.md and the taxonomy say the same.</summary>
public sealed class DocumentationTests
{
    private static readonly (string Heading, HostRecords Records)[] Parts =
    [
        ("all records", HostRecords.All),
        ("process_creation", HostRecords.OfExec),
        ("process_creation, file_access, file_event, file_access_failed", HostRecords.OfExec | HostRecords.OfOpen),
        ("process_creation, all of files, system_call", HostRecords.OfExec | HostRecords.OfOpen | HostRecords.OfCall),
        ("all of files, system_call", HostRecords.OfOpen | HostRecords.OfCall),
        ("file_access, file_event, file_access_failed", HostRecords.OfOpen),
        ("file_access_failed, system_call",
            HostRecords.FileAccessFailed | HostRecords.AuditFailedOpenSyscall | HostRecords.AuditOpenPath | HostRecords.SystemCall | HostRecords.AuditCall),
        ("file_event, file_rename, file_delete, file_change, system_call", HostRecords.OfCall),
        ("file_event, file_rename, system_call", HostRecords.FileEvent | HostRecords.FileRename | HostRecords.SystemCall | HostRecords.AuditCall),
        ("file_change, system_call", HostRecords.FileChange | HostRecords.SystemCall | HostRecords.AuditCall),
        ("system_call", HostRecords.SystemCall | HostRecords.AuditCall),
        ("network_connection", HostRecords.OfNetwork),
        ("process_termination", HostRecords.ProcessTermination),
        ("auditd", HostRecords.Audit),
        ("auditd EXECVE", HostRecords.AuditExecve),
        ("auditd SYSCALL", HostRecords.AuditSyscall),
        ("auditd PATH", HostRecords.AuditPath),
    ];

    [Fact]
    public void Table_holds_every_field_with_its_type_and_records_and_no_other()
    {
        var documented = new List<string>();
        var heading = "";
        var text = File.ReadAllText(Repository.File("docs/rules.md"));
        var section = text[text.IndexOf("## Fields", StringComparison.Ordinal)..text.IndexOf("## Groups", StringComparison.Ordinal)];
        foreach (var row in section[section.IndexOf("| field | type |", StringComparison.Ordinal)..].Split('\n').Skip(2).Where(line => line.Length > 0))
        {
            var cells = row.Split('|', StringSplitOptions.TrimEntries);
            if (Regex.Match(cells[1], @"^\*\*(.+)\*\*$") is { Success: true } part)
            {
                heading = part.Groups[1].Value;
                continue;
            }

            documented.Add($"{heading}: {cells[1].Trim('`')} {cells[2]}");
            Assert.NotEmpty(cells[3]);
        }

        var known = HostFieldFacts.All.Values.Select(fact =>
            $"{Heading(fact)}: {(fact.Name == "a" ? "a0`…`aN" : fact.Name)} {fact.Type.ToString().ToLowerInvariant()}");
        Assert.Equal(known.Order(StringComparer.Ordinal), documented.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Fields_hold_what_their_facts_say()
    {
        var fields = new FieldTable();
        var view = new HostEventView();
        HostEvent[] events =
        [
            Some.Exec(askedPath: "/x", interpreter: "/bin/sh"), Some.FileOpen(askedPath: "/x", openFlags: 0x42),
            Some.FileOpen(openFlags: 0x200000), Some.Connect(repeated: 3), Some.Send(), Some.Exit(), Some.Fork(), Some.FileOpen(error: 13),
            .. Enum.GetValues<CallKind>().Where(call => call > CallKind.Open).SelectMany(Calls),
        ];
        var seen = new HashSet<string>();
        foreach (var e in events)
        {
            view.Show(e);
            for (var i = 0; i < view.RecordCount; i++)
            {
                view.ShowRecord(i);
                var record = HostRecordShapes.Of(e, true)[i];
                foreach (var (field, fact) in HostFieldFacts.All)
                {
                    var name = field == HostField.AuditArgument ? "a0" : fact.Name;
                    var kind = view.Get(fields.Get(name)).Kind;
                    if (kind != FieldKind.Absent)
                    {
                        Assert.True(kind == fact.Type, $"{name} is {kind}");
                        Assert.True((record.Kind & fact.Records) != 0, $"{name} in {record.Kind}");
                        Assert.True(HostTaxonomy.Produces(name, view.Source), $"{name} in {view.Source}");
                        seen.Add(name);
                    }
                }
            }
        }

        // A test event has no cgroup, no container and nothing of the kernel's surroundings.
        Assert.Equal(
            ["Capabilities", "CgroupId", "ContainerId", "MountNamespace", "NetworkNamespace", "PidNamespace", "Tty", "UserNamespace", "a"],
            HostFieldFacts.All.Values.Select(fact => fact.Name).Except(seen).Order(StringComparer.Ordinal));
    }

    // Only of some calls are two names known.
    private static IEnumerable<HostEvent> Calls(CallKind call) =>
        from error in (ushort[])[0, 13]
        from path in (string[])["", "/a"]
        select Some.Call(
            call, path, call is CallKind.Rename or CallKind.Link or CallKind.Symlink or CallKind.Mount ? "/b" : "", error: error,
            file: new FileIdentity(1, 2, 0x81A4, 1));

    // The narrowest part: a field of some SYSCALL records stands under SYSCALL.
    private static string Heading(HostFieldFact fact) => Parts
        .Where(part => (fact.Records & ~part.Records) == 0 && ((part.Records & ~HostRecords.Audit) != 0) == ((fact.Records & ~HostRecords.Audit) != 0))
        .MinBy(part => System.Numerics.BitOperations.PopCount((uint)part.Records)).Heading;
}
