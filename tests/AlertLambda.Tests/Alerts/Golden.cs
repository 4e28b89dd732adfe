using Support;

namespace AlertLambda.Tests.Alerts;

/// <summary>Texts that are reviewed by eye: <c>tests/Fixtures/alerts</c>. With <c>UPDATE_GOLDEN=1</c> they are written anew.</summary>
internal static class Golden
{
    public static void Matches(string name, string actual)
    {
        var file = Path.Combine(Repository.Root, "tests", "Fixtures", "alerts", name);
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1")
        {
            File.WriteAllText(file, actual);
        }

        Assert.True(File.Exists(file), $"{file} is missing: run with UPDATE_GOLDEN=1 and read what it writes");
        Assert.Equal(File.ReadAllText(file), actual);
    }
}
