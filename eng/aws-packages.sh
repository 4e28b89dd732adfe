#!/usr/bin/env bash
# Asks the package feed once whether it has the official AWS packages and writes the answer for MSBuild.
# Outside MSBuild on purpose: docs/decisions/0002-aws-packages-switch.md. Ask again: rm artifacts/aws-packages.props
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
answer=$root/artifacts/aws-packages.props
if [ -f "$answer" ]; then exit 0; fi
if dotnet restore "$root/eng/probe/probe.csproj" -v quiet --nologo >/dev/null 2>&1; then mode=nuget; else mode=compat; fi
mkdir -p "$root/artifacts"
echo "<Project><PropertyGroup><AwsPackages>$mode</AwsPackages></PropertyGroup></Project>" >"$answer"
echo "AWS packages: $mode"
