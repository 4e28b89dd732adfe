using System.Runtime.InteropServices;
using EdgeAgent.Probes;
using Support;

namespace EdgeAgent.Tests.Probes;

public sealed class KernelFunctionTests
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
