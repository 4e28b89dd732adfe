using KernelMatrix;

namespace Kernel.Tests.Matrix;

/// <summary>How what a guest printed is judged.</summary>
public sealed class MatrixTests
{
    private const string Kernel = """c@@{"is":"kernel","release":"6.1.0-56-cloud-amd64","machine":"x86_64","lsm":"yama,bpf","lockdown":"[none] integrity confidentiality"}""";
    private const string Backend = """@@{"is":"backend","signal":"file-open","backend":"fexit","refused":"","steps":41234}""";
    private const string Refused = """@@{"is":"backend","signal":"file-open","backend":"fexit","refused":"Invalid argument","steps":0}""";
    private const string Truth = """
        @@{"is":"truth","scenario":"open_plain","ended":0,"pid":78,"tid":78,"ppid":1,"sid":0,"uid":0,"euid":0,"gid":0,"egid":0,"capabilities":3,"terminal":0,"mount_namespace":4,"pid_namespace":5,"network_namespace":6,"user_namespace":7,"asked":"/watch/plain","path":"/watch/plain","major":0,"minor":2,"inode":13,"flags":32768,"before_ns":100,"after_ns":200}
        """;

    private const string Event = """
        @@{"is":"event","kind":4,"boot_ns":150,"origin":0,"pid":78,"tid":78,"ppid":1,"sid":0,"uid":0,"euid":0,"gid":0,"egid":0,"capabilities":3,"terminal":0,"mount_namespace":4,"pid_namespace":5,"network_namespace":6,"user_namespace":7,"comm":"trigger","inode":13,"device":2,"links":1,"path_flags":0,"watch":1,"flags":32768,"path":"/watch/plain","asked":"/watch/plain"}
        """;

    private const string Calls = """@@{"is":"backend","signal":"calls","backend":"tp_btf","refused":"","steps":1}""";
    private const string RefusedOpen = """
        @@{"is":"truth","scenario":"call_open_refused","ended":0,"first":"/watch/refused","pid":78,"tid":78,"ppid":1,"sid":0,"uid":9,"euid":9,"gid":9,"egid":9,"capabilities":0,"terminal":0,"mount_namespace":4,"pid_namespace":5,"network_namespace":6,"user_namespace":7,"result":-13,"before_ns":100,"after_ns":200}
        """;

    private const string Call = """
        @@{"is":"event","kind":7,"boot_ns":150,"origin":0,"pid":78,"tid":78,"ppid":1,"sid":0,"uid":9,"euid":9,"gid":9,"egid":9,"capabilities":0,"terminal":0,"mount_namespace":4,"pid_namespace":5,"network_namespace":6,"user_namespace":7,"comm":"trigger","inode":0,"device":0,"links":0,"path_flags":64,"watch":0,"call":1,"result":-13,"argument0":2,"argument1":0,"argument2":0,"argument3":0,"name":"/watch/refused","folder":"","other_name":"","other_folder":""}
        """;

    private const string End = """@@{"is":"end"}""";

    [Fact]
    public void Event_that_tells_the_truth_is_right()
    {
        var (isRight, text) = Report(Kernel, Backend, Truth, Event, End);

        Assert.True(isRight, text);
        Assert.Contains("fexit       chosen   1 of 1 right; 41,234 steps of the verifier", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"inode\":13", "\"inode\":14", "inode is 14, not 13")]
    [InlineData("\"path\":\"/watch/plain\"", "\"path\":\"/watch/other\"", "path is /watch/other, not /watch/plain")]
    [InlineData("\"boot_ns\":150", "\"boot_ns\":201", "boot_ns is 201, not from 100 to 200")]
    [InlineData("\"origin\":0", "\"origin\":2", "origin is 2, not 0")]
    [InlineData("\"ppid\":1", "\"ppid\":2", "ppid is 2, not 1")]
    [InlineData("\"device\":2", "\"device\":3", "device is 3, not 2")]
    [InlineData("\"pid\":78", "\"pid\":79", "0 events instead of 1")]
    public void Field_that_differs_is_named_and_fails_the_matrix(string right, string wrong, string words)
    {
        var (isRight, text) = Report(Kernel, Backend, Truth, Event.Replace(right, wrong, StringComparison.Ordinal), End);

        Assert.False(isRight);
        Assert.Contains($"WRONG open_plain: {words}", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Event_that_comes_twice_fails_the_matrix()
    {
        var (isRight, text) = Report(Kernel, Backend, Truth, Event, Event, End);

        Assert.False(isRight);
        Assert.Contains("2 events instead of 1", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"result\":-13", "\"result\":-1", "result is -1, not -13")]
    [InlineData("\"name\":\"/watch/refused\"", "\"name\":\"/watch\"", "name is /watch, not /watch/refused")]
    [InlineData("\"argument0\":2", "\"argument0\":0", "argument0 is 0, not 2")]
    [InlineData("\"call\":1", "\"call\":5", "0 events instead of 1")]
    public void Call_is_right_when_its_names_and_numbers_are(string right, string wrong, string words)
    {
        Assert.True(Report(Kernel, Calls, RefusedOpen, Call, End).IsRight);

        var (isRight, text) = Report(Kernel, Calls, RefusedOpen, Call.Replace(right, wrong, StringComparison.Ordinal), End);
        Assert.False(isRight);
        Assert.Contains($"WRONG call_open_refused: {words}", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("fentry", "path_flags\":0,\"watch\":1,\"call\":5", true)]
    [InlineData("fentry", "path_flags\":64,\"watch\":0,\"call\":5", false)]
    [InlineData("tp_btf", "path_flags\":64,\"watch\":0,\"call\":5", false)]
    public void Change_that_the_kernels_check_tells_is_right_with_its_path_and_file(string backend, string fields, bool isRight)
    {
        var truth = RefusedOpen.Replace("call_open_refused", "held_unlink", StringComparison.Ordinal)
            .Replace("\"result\":-13", "\"result\":0,\"inode\":13", StringComparison.Ordinal);
        var call = Call.Replace("\"result\":-13", "\"result\":0", StringComparison.Ordinal).Replace("\"inode\":0", "\"inode\":13", StringComparison.Ordinal)
            .Replace("path_flags\":64,\"watch\":0,\"call\":1", fields, StringComparison.Ordinal);

        Assert.Equal(isRight, Report(Kernel, Calls.Replace("tp_btf", backend, StringComparison.Ordinal), truth, call, End).IsRight);
    }

    [Theory]
    [InlineData(2000, true)]
    [InlineData(1999, false)]
    public void Flood_is_right_when_as_many_opens_are_reported_as_were_made(int reported, bool right)
    {
        var truth = Truth.Replace("open_plain", "open_contended", StringComparison.Ordinal)
            .Replace("\"ended\":0", $"\"ended\":0,\"reported\":{reported},\"opens\":2000", StringComparison.Ordinal);

        Assert.Equal(right, Report(Kernel, Backend, truth, End).IsRight);
    }

    [Fact]
    public void Gap_that_is_known_is_told_with_its_reason_and_fails_nothing()
    {
        var (isRight, text) = Report(Kernel, Backend, Truth.Replace("open_plain", "open_opath", StringComparison.Ordinal), End);

        Assert.True(isRight, text);
        Assert.Contains($"not seen: open_opath ({KnownGaps.NoAccess})", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Refusal_fails_the_matrix_unless_the_kernel_is_locked_down()
    {
        Assert.False(Report(Kernel, Refused, End).IsRight);
        Assert.True(Report(Kernel.Replace("[none] integrity confidentiality", "none integrity [confidentiality]", StringComparison.Ordinal), Refused, End).IsRight);
    }

    [Fact]
    public void Guest_that_does_not_come_to_its_end_fails_the_matrix()
    {
        var (isRight, text) = Report(Kernel, Backend, Truth, Event, "Kernel panic - not syncing");

        Assert.False(isRight);
        Assert.Contains("the guest did not come to its end; its last line: Kernel panic", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Kernel_that_cannot_be_had_is_told_and_fails_nothing()
    {
        var output = new StringWriter();

        Assert.True(MatrixReport.Write([Absent], output));
        Assert.Contains("not tested: no such package", output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Document_keeps_what_stands_around_its_part_and_is_the_same_each_time()
    {
        Boot[] boots = [GuestLog.Read("6.1", [Kernel, Backend, Truth, Event, End]), Absent];
        var document = EvasionsDocument.Update($"before\n{EvasionsDocument.Begin}\nwhat was there\n{EvasionsDocument.End}\nafter\n", boots);

        Assert.StartsWith($"before\n{EvasionsDocument.Begin}\n", document, StringComparison.Ordinal);
        Assert.EndsWith($"{EvasionsDocument.End}\nafter\n", document, StringComparison.Ordinal);
        Assert.Contains("| `openat` | ✓ |\n", document, StringComparison.Ordinal);
        Assert.Contains("| 5.10 | | not tested: no such package | | | |\n", document, StringComparison.Ordinal);
        Assert.DoesNotContain("what was there", document, StringComparison.Ordinal);
        Assert.Equal(document, EvasionsDocument.Update(document, boots));
        Assert.Equal(EvasionsDocument.Update(null, boots), EvasionsDocument.Update(EvasionsDocument.Update(null, boots), boots));
    }

    private static Boot Absent => new("5.10", "", "", "", "", "no such package", IsAbsent: true, []);

    private static (bool IsRight, string Text) Report(params string[] lines)
    {
        var output = new StringWriter();
        var isRight = MatrixReport.Write([GuestLog.Read("6.1", lines)], output);
        return (isRight, output.ToString());
    }
}
