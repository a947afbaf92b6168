# SPDX-License-Identifier: Apache-2.0
# cmake -DOUTPUT=file.cpp -DFILES="a;b" -P embed.cmake: the files as one C++ source.
set(arrays "")
set(entries "")
set(index 0)
foreach(path IN LISTS FILES)
  get_filename_component(name "${path}" NAME)
  file(READ "${path}" hex HEX)
  string(REGEX REPLACE "([0-9a-f][0-9a-f])" "'\\\\x\\1'," bytes "${hex}")
  string(APPEND arrays "constexpr char file${index}[] = {${bytes}'\\0'};\n")
  set(content "QByteArrayView(file${index}, sizeof file${index} - 1)")
  string(APPEND entries "        {QByteArrayView(\"${name}\"), ${content}},\n")
  math(EXPR index "${index} + 1")
endforeach()
file(WRITE "${OUTPUT}" "// Made by embed.cmake.
#include \"hub/net/embedded_files.h\"

namespace cf::hub {

namespace {

${arrays}
} // namespace

const std::vector<EmbeddedFile> &embeddedFiles()
{
    static const std::vector<EmbeddedFile> files = {
${entries}    };
    return files;
}

} // namespace cf::hub
")
