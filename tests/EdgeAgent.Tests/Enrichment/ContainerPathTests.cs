using EdgeAgent.Enrichment;
using FsCheck;
using FsCheck.Fluent;
using Wire.Codec;

namespace EdgeAgent.Tests.Enrichment;

public sealed class ContainerPathTests
{
    private const string Id = "4f0e9a681c2d3e4f5a6b0b7e3c1a5d424f0e9a681c2d3e4f5a6b0b7e3c1a5d42";
    private const string Inner = "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff";
    private const string Pod = "0b7e3c1a-5d42-4f0e-9a68-1c2d3e4f5a6b";
    private const string Task = "0123456789abcdef0123456789abcdef";

    [Theory]
    [InlineData($"/system.slice/docker-{Id}.scope")]
    [InlineData($"/system.slice/docker-{Id}.scope/init.scope")]
    [InlineData($"/docker/{Id}")]
    [InlineData($"/docker/{Id}/system.slice/ssh.service")]
    [InlineData($"/kubepods/burstable/pod{Pod}/{Id}")]
    [InlineData($"/kubepods/besteffort/pod{Pod}/{Id}")]
    [InlineData($"/kubepods/pod{Pod}/{Id}")]
    [InlineData($"/kubepods.slice/kubepods-burstable.slice/kubepods-burstable-pod0b7e3c1a_5d42_4f0e.slice/cri-containerd-{Id}.scope")]
    [InlineData($"/kubepods.slice/kubepods-pod0b7e3c1a_5d42_4f0e.slice/crio-{Id}.scope/container")]
    [InlineData($"/kubepods.slice/kubepods-besteffort.slice/kubepods-besteffort-pod0b7e.slice/docker-{Id}.scope")]
    [InlineData($"/kubepods.slice/kubepods-burstable.slice/kubepods-burstable-pod0b7e.slice/{Id}")]
    [InlineData($"/system.slice/containerd.service/kubepods-burstable-pod0b7e.slice:cri-containerd:{Id}")]
    [InlineData($"/machine.slice/libpod-{Id}.scope/container")]
    [InlineData($"/user.slice/user-1000.slice/user@1000.service/user.slice/libpod-{Id}.scope")]
    [InlineData($"/user.slice/user-1000.slice/user@1000.service/user.slice/docker-{Id}.scope")]
    [InlineData($"/libpod_parent/libpod-{Id}")]
    [InlineData($"/system.slice/nerdctl-{Id}.scope")]
    [InlineData($"/ecs/{Task}/{Id}")]
    [InlineData($"/ecstasks.slice/ecstasks-{Task}.slice/docker-{Id}.scope")]
    public void Runtimes_name_their_containers(string path) => Assert.Equal(Id, ContainerPath.IdIn(path));

    [Theory]
    [InlineData($"/ecs/{Task}/{Task}-1234567890", $"{Task}-1234567890")]
    [InlineData("/system.slice/docker-0123456789ab.scope", "0123456789ab")]
    public void Shorter_ids_are_taken_where_their_form_is_known(string path, string id) => Assert.Equal(id, ContainerPath.IdIn(path));

    [Theory]
    [InlineData($"/system.slice/docker-{Id}.scope/kubelet.slice/kubelet-kubepods-pod0b7e.slice/cri-containerd-{Inner}.scope")]
    [InlineData($"/docker/{Id}/docker/{Inner}")]
    [InlineData($"/machine.slice/libpod-{Id}.scope/docker-{Inner}.scope")]
    public void Container_cannot_name_itself_otherwise_by_a_cgroup_of_its_own(string path) => Assert.Equal(Id, ContainerPath.IdIn(path));

    [Theory]
    [InlineData("")]
    [InlineData("/")]
    [InlineData("/init.scope")]
    [InlineData("/system.slice/docker.service")]
    [InlineData("/system.slice/docker-.scope")]
    [InlineData($"/system.slice/docker-{Id}0.scope")]
    [InlineData("/system.slice/docker-0123456789a.scope")]
    [InlineData($"/system.slice/docker-{Id}.scope2")]
    [InlineData($"/system.slice/docker-{Id}.mount")]
    [InlineData("/system.slice/docker-4F0E9A681C2D3E4F5A6B0B7E3C1A5D424F0E9A681C2D3E4F5A6B0B7E3C1A5D42.scope")]
    [InlineData("/system.slice/docker-4f0e9a681c2d\u001b[2J.scope")]
    [InlineData($"/machine.slice/libpod-conmon-{Id}.scope")]
    [InlineData($"/system.slice/crio-conmon-{Id}.scope")]
    [InlineData($"/system.slice/evil-docker-{Id}.scope")]
    [InlineData($"/system.slice/docker:{Id}")]
    [InlineData($"/system.slice/{Id}")]
    [InlineData($"/{Id}")]
    [InlineData("/docker/buildkit/lx0v2dmzq5w3i8e6c0b7e3c1a")]
    [InlineData($"/docker/x/{Id}")]
    [InlineData($"/burstable/pod{Pod}/{Id}")]
    [InlineData($"/kubepods/burstable/pod{Pod}")]
    [InlineData($"/ecs/{Id}")]
    [InlineData($"/ecs/{Task}/{Task}-")]
    [InlineData($"/ecs/{Task}/{Task}-12x")]
    [InlineData($"/ecs/{Task}/{Task}-1234567890123456789012345678901")]
    [InlineData("/machine.slice/machine-debian.scope")]
    [InlineData("/lxc/web")]
    [InlineData("/lxc.payload.web")]
    [InlineData("/user.slice/user-1000.slice/session-3.scope")]
    public void Other_cgroups_are_no_container(string path) => Assert.Equal("", ContainerPath.IdIn(path));

    [Fact]
    public void Whatever_the_path_is_an_id_has_the_form_of_one()
    {
        var part = Gen.Elements(
            "docker", "kubepods", "kubepods.slice", "burstable", "ecs", "pod1", "docker-", "libpod-", ":", "-", ".scope", ".slice:docker:",
            "\0", "é", "\ud800", Task, Id, Id[..12], Id[..40], "x", "1");
        var path = Gen.OneOf(
            part.ArrayOf().Select(parts => "/" + string.Join('/', parts)), part.ArrayOf().Select(string.Concat),
            Gen.Zip(part, part).ArrayOf().Select(parts => string.Concat(parts.Select(p => $"/{p.Item1}{p.Item2}"))),
            ArbMap.Default.GeneratorFor<string>().Select(text => text ?? ""));
        Prop.ForAll(path.ToArbitrary(), text =>
            {
                var id = ContainerPath.IdIn(text);
                return id.Length == 0
                    || (id.Length is >= 12 and <= FrameFormat.MaxContainerIdLength && id.All(c => char.IsAsciiHexDigitLower(c) || c == '-')
                        && text.Contains(id, StringComparison.Ordinal));
            })
            .Check(Config.QuickThrowOnFailure.WithMaxTest(3_000));
    }
}
