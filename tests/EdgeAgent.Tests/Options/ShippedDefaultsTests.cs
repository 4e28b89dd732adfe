using System.Net;
using EdgeAgent.Options;

namespace EdgeAgent.Tests.Options;

public sealed class ShippedDefaultsTests
{
    private readonly AgentOptions _defaults = OptionsReader.Read(null, new Dictionary<string, string>(), [], out _);

    [Theory]
    [InlineData("/etc/ssh/sshd_config")]
    [InlineData("/etc/sudoers")]
    [InlineData("/etc/shadow")]
    [InlineData("/home/ec2-user/.ssh/authorized_keys")]
    [InlineData("/root/.ssh/authorized_keys")]
    [InlineData("/var/log/auth.log")]
    [InlineData("/var/log/secure")]
    [InlineData("/etc/crontab")]
    public void Files_of_the_replaced_tool_are_watched(string file) => Assert.Contains(file, _defaults.WatchFiles);

    [Theory]
    [InlineData("/etc/systemd/system")]
    [InlineData("/opt/aws/amazon-cloudwatch-agent")]
    [InlineData("/opt/aws/awscli")]
    public void Folders_of_the_replaced_tool_are_watched(string folder) => Assert.Contains(folder, _defaults.WatchFolders);

    [Theory]
    [InlineData("useradd")]
    [InlineData("usermod")]
    [InlineData("passwd")]
    [InlineData("userdel")]
    [InlineData("su")]
    [InlineData("sudo")]
    public void Commands_of_the_replaced_tool_are_watched(string command) =>
        Assert.Contains(command, _defaults.WatchCommands.Select(Path.GetFileName));

    [Theory]
    [InlineData("169.254.169.254")]
    [InlineData("169.254.169.123")]
    [InlineData("10.0.0.0")]
    [InlineData("10.255.255.255")]
    [InlineData("13.112.0.0")]
    [InlineData("13.115.255.255")]
    [InlineData("52.192.0.1")]
    [InlineData("52.193.255.255")]
    [InlineData("52.196.0.0")]
    [InlineData("52.199.255.255")]
    [InlineData("54.64.0.0")]
    [InlineData("54.71.255.255")]
    [InlineData("54.92.0.0")]
    [InlineData("54.92.127.255")]
    [InlineData("3.112.0.0")]
    [InlineData("3.115.255.255")]
    [InlineData("127.0.0.1")]
    [InlineData("::1")]
    [InlineData("fe80::1")]
    public void Networks_of_the_replaced_tool_are_excluded_as_true_ranges(string address) => Assert.True(IsExcluded(address));

    [Theory]
    [InlineData("31.112.0.1")]
    [InlineData("13.111.255.255")]
    [InlineData("13.116.0.0")]
    [InlineData("52.191.255.255")]
    [InlineData("52.194.0.0")]
    [InlineData("52.200.0.0")]
    [InlineData("54.63.255.255")]
    [InlineData("54.72.0.0")]
    [InlineData("54.92.128.0")]
    [InlineData("3.111.255.255")]
    [InlineData("3.116.0.0")]
    [InlineData("11.0.0.0")]
    [InlineData("9.255.255.255")]
    [InlineData("203.0.113.7")]
    [InlineData("2001:db8::1")]
    public void Neighbours_of_the_excluded_networks_are_not(string address) => Assert.False(IsExcluded(address));

    [Theory]
    [InlineData("0.0.0.0")]
    [InlineData("::")]
    [InlineData("224.0.0.251")]
    [InlineData("239.255.255.250")]
    [InlineData("255.255.255.255")]
    [InlineData("ff02::fb")]
    public void This_host_and_the_groups_of_its_network_are_not_outside(string address) => Assert.True(IsExcluded(address));

    private bool IsExcluded(string address) => _defaults.ExcludedNetworks.Any(n => n.Contains(IPAddress.Parse(address)));
}
