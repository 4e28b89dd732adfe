using System.Runtime.InteropServices;
using EdgeAgent.Probes;
using Support;

namespace EdgeAgent.Tests.Probes;

public sealed partial class KernelFunctionTests
{
    [Theory]
    [InlineData(Architecture.X64)]
    [InlineData(Architecture.Arm64)]
    public void Table_names_no_function_twice_and_of_opens_only_those_that_fail(Architecture architecture)
    {
        var names = KernelFunction.Names(architecture).ToList();

        Assert.Equal(names.Count, names.Select(one => one.Name).Distinct(StringComparer.Ordinal).Count());
        Assert.All(names, one => Assert.Equal(one.FailedOnly, one.Name.Split("_sys_")[1] is "open" or "openat" or "openat2" or "creat"));
    }

    [Theory]
    [InlineData(Architecture.X64)]
    [InlineData(Architecture.Arm64)]
    public void Every_call_that_is_told_has_its_function_in_its_native_and_its_32_bit_form(Architecture architecture)
    {
        var functions = KernelFunction.Names(architecture).Select(one => one.Name).ToHashSet(StringComparer.Ordinal);
        var shapes = Shapes(architecture);

        Assert.True(shapes.Count > 70, $"{shapes.Count} calls");
        Assert.DoesNotContain(shapes, shape => shape.Call != "open_by_handle_at" && !FunctionsOf(architecture, shape.Call, shape.IsCompat).Any(functions.Contains));
    }

    // Of bpf/include/edge_call.h: what stands between the lines of an architecture, and what is of all.
    private static List<(string Call, bool IsCompat)> Shapes(Architecture architecture)
    {
        var shapes = new List<(string, bool)>();
        var isOfIt = true;
        foreach (var line in File.ReadLines(Path.Combine(Repository.Root, "bpf", "include", "edge_call.h")))
        {
            isOfIt = line.StartsWith("#endif", StringComparison.Ordinal) || (line.Contains("__TARGET_ARCH_", StringComparison.Ordinal)
                ? line.Contains(architecture == Architecture.Arm64 ? "ARCH_arm64" : "ARCH_x86", StringComparison.Ordinal)
                : isOfIt);
            if (isOfIt && ShapePattern().Match(line) is { Success: true } shape)
            {
                shapes.Add((shape.Groups[2].Value, shape.Groups[1].Value == "compat"));
            }
        }

        return shapes;
    }

    /// <summary>What the function of a call may be called: 32-bit calls have 16-bit user ids, or functions of their own.</summary>
    private static string[] FunctionsOf(Architecture architecture, string call, bool isCompat)
    {
        var (native, compat, own) = architecture == Architecture.Arm64
            ? ("__arm64_sys_", "__arm64_sys_", "__arm64_compat_sys_")
            : ("__x64_sys_", "__ia32_sys_", "__ia32_compat_sys_");
        var name = call switch
        {
            "umount2" => "umount",
            "umount" => "oldumount",
            _ when call.EndsWith("32", StringComparison.Ordinal) => call[..^2],
            _ => call,
        };
        return !isCompat ? [native + name]
            : call is "chown" or "lchown" or "fchown" or "setuid" or "setreuid" or "setresuid" ? [$"{compat}{name}16"]
            : call is "open" or "openat" or "truncate" or "ftruncate" or "ptrace" or "socketcall" ? [own + name]
            : call.EndsWith("64", StringComparison.Ordinal) ? [$"{compat}ia32_{name}", $"{own}aarch32_{name}"]
            : [compat + name];
    }

    [System.Text.RegularExpressions.GeneratedRegex(@"^    \[\d+\]\.(native|compat) = .*/\* (\w+) \*/")]
    private static partial System.Text.RegularExpressions.Regex ShapePattern();

    [RootFact]
    public void Kernel_is_found_to_have_the_functions_that_it_lists()
    {
        var listed = File.ReadLines("/proc/kallsyms").Select(line => line.Split([' ', '\t'])[2]).ToHashSet(StringComparer.Ordinal);
        var found = KernelFunction.All();

        Assert.Equal(
            KernelFunction.Names(RuntimeInformation.ProcessArchitecture).Select(one => one.Name).Where(listed.Contains).Order(StringComparer.Ordinal),
            found.Select(function => function.Name).Order(StringComparer.Ordinal));
        Assert.All(found, function => Assert.Equal(function.Descriptions[0].Id, function.IdWith(function.Descriptions[0].Prototype)));
        Assert.All(found, function => Assert.Null(function.IdWith(0)));
    }
}
