namespace Detection.Rules;

/// <summary>What a path names behind all links, so that two names of one file can be known as such. Thread-safe.</summary>
internal static class RealPath
{
    // As many as Linux follows.
    private const int MostLinks = 40;

    /// <summary>The absolute path without links. Of more links than the system follows, and of what is not there, the path as far as it leads.</summary>
    public static string Of(string path)
    {
        var real = "/";
        var links = 0;
        var rest = new Stack<string>();
        Push(rest, Path.Combine(Environment.CurrentDirectory, path));
        while (rest.TryPop(out var name))
        {
            if (name == "..")
            {
                real = Path.GetDirectoryName(real) ?? "/";
                continue;
            }

            var next = Path.Combine(real, name);
            if (links > MostLinks || new FileInfo(next).LinkTarget is not { } target)
            {
                real = next;
                continue;
            }

            links++;
            real = target.StartsWith('/') ? "/" : real;
            Push(rest, target);
        }

        return real;
    }

    private static void Push(Stack<string> rest, string path)
    {
        var names = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        for (var i = names.Length - 1; i >= 0; i--)
        {
            if (names[i] != ".")
            {
                rest.Push(names[i]);
            }
        }
    }
}
