namespace LocalPipeline.RuleTests;

/// <summary>The users of a story with their numbers. Not thread-safe.</summary>
internal sealed class StoryUsers
{
    private readonly Dictionary<string, uint> _uids = new()
    {
        ["root"] = 0,
        ["www-data"] = 33,
        ["nobody"] = 65_534,
        ["alice"] = 1000,
        ["bob"] = 1001,
    };

    private uint _next = 1002;

    /// <summary>Gives each of them that has none the next number.</summary>
    internal void Number(params ReadOnlySpan<string?> users)
    {
        foreach (var user in users)
        {
            if (user is not null && _uids.TryAdd(user, _next))
            {
                _next++;
            }
        }
    }

    /// <summary>The number of a user.</summary>
    internal uint Uid(string user) => _uids[user];
}
