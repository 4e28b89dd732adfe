using EdgeAgent.Enrichment;
using EdgeAgent.Interop;
using Support;

namespace EdgeAgent.Tests.Enrichment;

public sealed class UserNamesTests : IDisposable
{
    private static ulong Now => (ulong)LibC.Nanoseconds(LibC.CLOCK_BOOTTIME);

    private readonly TemporaryFolder _folder = new();
    private readonly UserNames _users;

    public UserNamesTests()
    {
        Write("root:x:0:0:root:/root:/bin/bash\ntoor:x:0:0::/:/bin/sh\nalice:x:1000:1000::/home/alice:/bin/bash\n", 1);
        _users = new UserNames(_folder["passwd"]);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void First_name_of_a_user_id_wins_as_in_getpwuid()
    {
        Assert.Equal("root", _users.NameOf(0));
        Assert.Equal("alice", _users.NameOf(1000));
    }

    [Fact]
    public void Unknown_user_is_named_by_number() => Assert.Equal("uid-4294967295", _users.NameOf(uint.MaxValue));

    [Fact]
    public void Ids_that_nobody_has_do_not_pile_up()
    {
        for (var uid = 100_000u; uid < 200_000; uid++)
        {
            Assert.Equal($"uid-{uid}", _users.NameOf(uid));
            Assert.InRange(_users.Unknown, 1, 1024);
        }

        Assert.Same(_users.NameOf(199_999), _users.NameOf(199_999));
        Assert.Equal("alice", _users.NameOf(1000));
    }

    [Fact]
    public void Names_are_at_least_as_new_as_the_event()
    {
        Assert.Equal("uid-2000", _users.NameOf(2000));
        Write("bob:x:2000:2000::/:/bin/sh\n", 2);

        _users.KnowAsOf(Now);

        Assert.Equal("bob", _users.NameOf(2000));
        Assert.Equal("uid-1000", _users.NameOf(1000));
    }

    [Fact]
    public void An_event_older_than_the_last_look_needs_no_other_one()
    {
        _users.KnowAsOf(Now);
        Write("bob:x:2000:2000::/:/bin/sh\n", 2);

        _users.KnowAsOf(1);

        Assert.Equal("uid-2000", _users.NameOf(2000));
    }

    [Fact]
    public void File_that_is_gone_leaves_the_names_that_were_known()
    {
        Assert.Equal("alice", _users.NameOf(1000));
        File.Delete(_folder["passwd"]);
        _users.KnowAsOf(Now);
        Assert.Equal("alice", _users.NameOf(1000));
    }

    [Fact]
    public void Damaged_lines_are_stepped_over_and_names_keep_their_bytes()
    {
        File.WriteAllBytes(_folder["passwd"], [.. "\n+::::::\nx:y\nbad:x:-1:0\nbig:x:4294967296:0\nn"u8, 0xFF, .. "m:x:7:7:::\nlast:x:8:8"u8]);
        File.SetLastWriteTimeUtc(_folder["passwd"], DateTime.UnixEpoch.AddSeconds(9));
        _users.KnowAsOf(Now);
        Assert.Equal("n\udcffm", _users.NameOf(7));
        Assert.Equal("last", _users.NameOf(8));
    }

    private void Write(string text, int version)
    {
        // By rename, as useradd does it.
        var path = _folder.File("passwd.new", text);
        File.SetLastWriteTimeUtc(path, DateTime.UnixEpoch.AddSeconds(version));
        File.Move(path, _folder["passwd"], overwrite: true);
    }
}
